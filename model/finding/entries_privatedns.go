package finding

func privateDNSEntries() []Entry {
	return about(OfPrivateDNS, []Entry{
		{
			Code: "dns-ready", Severities: []Severity{OK}, Title: "Konnect reported the private DNS object ready",
			Means: "Whether the servers behind it answer is another question, which a probe answers.", Reads: readsKonnect, Source: sourceKonnectAPI,
		},
		{
			Code: "dns-error", Severities: []Severity{Broken}, Title: "Konnect reported an error of a private DNS object",
			Means: "Names that it maps may not resolve. The reason names no row of the table.", Next: "Do what the finding says: check the rows, or send Kong's support the sentence that stands in it.", Reads: readsKonnect, Source: sourceReason,
		},
		{
			Code: "dns-error-row", Severities: []Severity{Broken}, Title: "Konnect reported an error of a private DNS object, and its reason names one row",
			Means: "A resolver that does not take one row is in error as a whole.", Next: "Correct the row, or take it out, and apply.", Reads: readsKonnect, Source: sourceReason,
		},
		{
			Code: "dns-reason", Severities: []Severity{Attention}, Title: "Konnect gave a reason that can be read beside the state of a private DNS object",
			Means: "The reason says what is in the way.", Next: "Do what the finding says.", Reads: readsKonnect, Source: sourceReason,
		},
		{
			Code: "dns-reports-trouble", Severities: []Severity{Attention}, Title: "Konnect reported trouble of a private DNS object that it calls ready",
			Means: "The reason is in Konnect's words.", Next: "Send Kong's support the sentence that stands in the finding.", Reads: readsKonnect, Source: sourceKonnectAPI,
		},
		{
			Code: "dns-association", Severities: []Severity{Attention}, Title: "A private DNS object waits to be associated in a cloud account",
			Means: "It acts when the association is there.", Next: "Finish the association in the cloud account that owns the zone.", Reads: readsKonnect, Source: sourceKonnectAPI,
		},
		{
			Code: "dns-working", Severities: []Severity{Working}, Title: "Konnect is setting a private DNS object up",
			Means: "Names that it maps do not resolve until it is ready.", Next: "Wait a moment.", Reads: readsKonnect, Source: sourceKonnectAPI,
		},
		{
			Code: "dns-working-long", Severities: []Severity{Attention}, Title: "Konnect has been setting a private DNS object up for more than half an hour",
			Means: "Names that it maps do not resolve until it is ready.", Next: "Send Kong's support the sentence that stands in the finding.", Reads: readsHistory, Source: sourceNoTime,
		},
		{
			Code: "dns-terminating-long", Severities: []Severity{Attention}, Title: "Konnect has been deleting a private DNS object for more than two hours",
			Means: "Something holds the deletion up that cannot be seen from outside.", Next: "Send Kong's support the sentence that stands in the finding.", Reads: readsHistory, Source: sourceNoTime,
		},
		{
			Code: "dns-terminating", Severities: []Severity{Working}, Title: "Konnect is deleting a private DNS object",
			Means: "Names that it maps stop resolving.", Reads: readsKonnect, Source: sourceKonnectAPI,
		},
		{
			Code: "dns-terminated", Severities: []Severity{OK}, Title: "Konnect has deleted a private DNS object",
			Means: "It goes from the list by itself.", Reads: readsKonnect, Source: sourceKonnectAPI,
		},
		{
			Code: "dns-unknown", Severities: []Severity{Unknown}, Title: "Konnect reported a private DNS state that peerdeck does not know",
			Means: "A newer Konnect may have states that this release was not made for.", Next: "Look at it in Konnect.", Reads: readsKonnect, Source: sourceKonnectAPI,
		},
	})
}
