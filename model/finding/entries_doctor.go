package finding

// doctorEntries are what peerdeck doctor says of the ways in. A way that is shut is told by
// the failure that shuts it; these are the rest.
func doctorEntries() []Entry {
	const (
		readsMachine  = "this machine: files, variables, the terminal"
		readsKonnect  = "Konnect: the identity API and the Cloud Gateways API"
		readsTenant   = "Microsoft Entra, Azure Resource Manager and Microsoft Graph"
		readsTerminal = "what the terminal says of itself: its variables and its size"
	)
	return about(OfWayIn, []Entry{
		{Code: "settings-read", Severities: []Severity{OK}, Title: "The settings were read", Means: "Flags go before variables, variables before the context, the context before the rest of the file.", Reads: readsMachine, Source: sourceNone},
		{Code: "settings-warning", Severities: []Severity{Attention}, Title: "A setting is odd, and peerdeck goes on without it", Means: "What it was meant for does not happen.", Next: "Do what the warning says.", Reads: readsMachine, Source: sourceNone},
		{Code: "settings-unreadable", Severities: []Severity{Broken}, Title: "The settings cannot be used", Means: "peerdeck does not start, so that it does not do something else than was meant.", Next: "Put right the value that is named.", Reads: readsMachine, Source: sourceNone},
		{Code: "state-writable", Severities: []Severity{OK}, Title: "What peerdeck keeps can be kept", Means: "History, journals of set-ups, drafts and restore points survive the end of the program.", Reads: readsMachine, Source: sourceNone},
		{Code: "state-none", Severities: []Severity{OK}, Title: "Nothing is kept, by choice", Means: "The sandbox and a recording leave nothing on this machine.", Reads: readsMachine, Source: sourceNone},
		{Code: "state-unwritable", Severities: []Severity{Attention}, Title: "What peerdeck keeps cannot be kept", Means: "A set-up that is interrupted cannot be resumed from its journal, and a mapping table has no restore point.", Next: "Make the folder writable, or name another.", Reads: readsMachine, Source: sourceNone},
		{Code: "keyring-holds", Severities: []Severity{OK}, Title: "The keyring has the token", Means: "It is the last source that is asked.", Reads: readsMachine, Source: sourceNone},
		{Code: "keyring-empty", Severities: []Severity{OK}, Title: "The keyring answers and has no token", Means: "The token comes from elsewhere, or there is none.", Reads: readsMachine, Source: sourceNone},
		{Code: "keyring-unused", Severities: []Severity{OK}, Title: "The keyring is not needed", Means: "The token comes from elsewhere.", Reads: readsMachine, Source: sourceNone},
		{Code: "keyring-closed", Severities: []Severity{Attention}, Title: "The keyring cannot be asked, and no other source has a token", Means: "It is locked, it refused, or this machine has none.", Next: "Unlock it, or give the token in another way.", Reads: readsMachine, Source: sourceNone},
		{Code: "version", Severities: []Severity{OK}, Title: "Which peerdeck this is", Means: "Nobody is asked whether there is a newer one.", Reads: "the program itself", Source: sourceNone},
		{Code: "terminal-fit", Severities: []Severity{OK}, Title: "The terminal is fit for the dashboard", Means: "It says what it is and is large enough.", Reads: readsTerminal, Source: sourceNone},
		{Code: "terminal-none", Severities: []Severity{OK}, Title: "There is no terminal", Means: "The commands need none; the dashboard does.", Reads: readsTerminal, Source: sourceNone},
		{Code: "terminal-dumb", Severities: []Severity{Attention}, Title: "The terminal does not say what it is", Means: "Without a name in TERM nothing can be drawn.", Next: "Say which terminal it is, or use the commands.", Reads: readsTerminal, Source: sourceNone},
		{Code: "terminal-small", Severities: []Severity{Attention}, Title: "The window is too small", Means: "The dashboard shows a page that says so, and loses nothing.", Next: "Make the window larger.", Reads: readsTerminal, Source: sourceNone},
		{Code: "terminal-no-clipboard", Severities: []Severity{Attention}, Title: "Copying does not reach the clipboard", Means: "What stands between the program and the terminal does not hand it on.", Next: "Copy with the mouse.", Reads: readsTerminal, Source: sourceNone},
		{Code: "way-open", Severities: []Severity{OK}, Title: "The way to the service is open", Means: "It was reached, directly or through a proxy, and its certificate is trusted.", Reads: "a connection of its own, without a token", Source: sourceNone},
		{Code: "konnect-token-accepted", Severities: []Severity{OK}, Title: "Konnect takes the token", Means: "The organization that it belongs to is known.", Reads: readsKonnect, Source: "Konnect: Identity API, organizations"},
		{Code: "konnect-roles", Severities: []Severity{OK}, Title: "The roles that Konnect tells of", Means: "Roles that come by a team are not listed with the person, and count as well.", Reads: readsKonnect, Source: "Konnect: Identity API, assigned roles"},
		{Code: "konnect-roles-untold", Severities: []Severity{OK}, Title: "Konnect does not tell the roles", Means: "What the token may read shows by reading it.", Reads: readsKonnect, Source: "Konnect: Identity API, assigned roles"},
		{Code: "konnect-readable", Severities: []Severity{OK}, Title: "What belongs to the gateways can be read", Means: "The token has the role that it takes.", Reads: readsKonnect, Source: "Konnect: teams and roles"},
		{Code: "azure-signed-in", Severities: []Severity{OK}, Title: "Somebody is signed in to the tenant", Means: "A token was given for the service; the ways that gave none stand beside it.", Reads: readsTenant, Source: sourceNone},
		{Code: "azure-readable", Severities: []Severity{OK}, Title: "Azure Resource Manager answers", Means: "The subscriptions of the tenant that the account may see were read.", Reads: readsTenant, Source: sourceRBAC},
		{Code: "graph-readable", Severities: []Severity{OK}, Title: "The tenant's applications can be read", Means: "Whether Kong's application is among them decides about the consent of a set-up.", Reads: readsTenant, Source: sourceNone},
		{Code: "azure-vnet-readable", Severities: []Severity{OK}, Title: "The VNET and its peerings can be read", Means: "That is all that watching takes; a set-up takes more.", Reads: readsTenant, Source: sourceRBAC},
		{Code: "dns-no-hop", Severities: []Severity{OK}, Title: "DNS servers are asked from this machine", Means: "Where it has no route into the VNET, their silence says nothing.", Reads: "the settings", Source: sourceNone},
		{Code: "dns-hop-open", Severities: []Severity{OK}, Title: "The hop lets through", Means: "DNS servers can be asked from there, over TCP.", Reads: "the hop", Source: sourceNone},
		{Code: "doctor-cut", Severities: []Severity{Unknown}, Title: "The time was over before everything had answered", Means: "What did not answer is not known.", Next: "Give it more time, or look at what is slow.", Reads: "peerdeck", Source: sourceNone},
	})
}
