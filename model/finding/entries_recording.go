package finding

// recordingEntries are about recordings that somebody looks at: what they do not tell.
func recordingEntries() []Entry {
	return about(OfRecording, []Entry{
		{
			Code: "not-in-recording", Severities: []Severity{Unknown}, Title: "The recording does not tell this",
			Means: "What is looked at is a recording, and nobody asked for this while it was made. It may be there or not; nothing is asked now.",
			Next:  "Have the same command recorded that is run on the recording, with --record FILE.",
			Reads: "the bundle that was opened with --replay", Source: sourceNone,
		},
	})
}
