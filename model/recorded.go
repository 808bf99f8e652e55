package model

import (
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// CodeNotRecorded is the code of the catalogue for what a recording does not tell.
const CodeNotRecorded = "not-in-recording"

// NotRecorded is the failure of a request that is not in the recording that is looked at.
// It says nothing of the world: what was asked may be there or not.
func NotRecorded(method, path string) Failure {
	path, _, _ = strings.Cut(path, "?")
	return Failure{
		Kind: FailureContract, Finding: CodeNotRecorded,
		Cause: safe.New("it is not in the recording: nobody asked for it while it was made (" + method + " " + path + ")"),
		Cure:  "Whether it is there is not known. Ask the sender to record the same command that you run here: peerdeck, with --record FILE.",
	}
}

// NoSignInToRecording refuses a sign-in while a recording is looked at.
func NoSignInToRecording(tenant safe.Text) Failure {
	return Failure{
		Kind: FailureInvalid, Operation: "sign in to Azure tenant", Subject: tenant, Finding: CodeNotRecorded,
		Cause: safe.New("this is a recording, and nobody is asked"), Cure: "Leave it, and start peerdeck without --replay to sign in.",
	}
}

// NotSignedInRecorded is the failure of a sign-in that nobody tried while it was recorded.
func NotSignedInRecorded(tenant safe.Text) Failure {
	return Failure{
		Kind: FailureAuth, Operation: "sign in to Azure tenant", Subject: tenant, Finding: CodeNotRecorded,
		Cause: safe.New("it is not in the recording: nobody signed in to it while it was made"),
		Cure:  "Ask the sender to record the same command that you run here: peerdeck, with --record FILE.",
	}
}
