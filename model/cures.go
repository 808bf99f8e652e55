package model

import (
	"strconv"
	"strings"
)

// Ways out of failures that no service's refusal gives: of this machine, of what was typed,
// of requests that were not sent. What a service refuses has its cure in the table of
// refusals, and the way there in that of the wire. So each cure is worded here, once.
const (
	CureLookAgain        = "Look again in a moment."
	CureLookOrLonger     = "Look again, or give it longer with --timeout."
	CureMoved            = "It was deleted a moment ago, or moved: look again."
	CurePortal           = "Look at it in the portal."
	CureMachine          = "Ask for a way to an address that a machine of the VNET has."
	CureRunningMachine   = "Start the machine, or ask for another network card of the subnet."
	CureSubscriptionID   = "Give the subscription's id."
	CureNoFollow         = "peerdeck does not follow with a token; check --konnect-url."
	CureNotSentKonnect   = "It was not sent. Check --konnect-url, and whether a journal comes from another set-up."
	CureNotSent          = "It was not sent. Check the addresses in the settings, and whether a journal comes from another set-up."
	CureSaveTrace        = "In Konnect, under Observability, Debugger: start a session for the service, send the request, open its trace and download it as JSON."
	CureHop              = "Write socks5://host:port, socks5://user:password@host:port, or ssh:user@host."
	CureFormat           = "Mend what it names, or take another format."
	CureReadOnly         = "Start it without --read-only to change anything. Your edits are kept."
	CureMendRows         = "Mend the rows and apply again. Your edits are kept."
	CureMendRefusedRows  = "Mend the rows that it names and apply again; nothing was changed, your edits are kept."
	CureApplyAgain       = "Nothing was changed. Apply again; your edits are kept."
	CureChooseOther      = "Choose another one."
	CureRestoreFolder    = "Make room on the disk, or give the folder back to its owner, and try again."
	CureApplyBusy        = "Wait for its end, or cancel it. Your edits are kept."
	CureApplyWhenShown   = "Wait some minutes until Konnect shows it, and try again; your edits are kept."
	CureStartAgain       = "Start it again."
	CureNetworkUnread    = "Wait until the networks are read, or check the name."
	CureReplaceFile      = "Give another name, or say that it is to be replaced."
	CureOtherFile        = "Give another name, or make room on the disk."
	CureJournal          = "Make room on the disk and retry. Without its journal a run changes nothing."
	CureRetryNetwork     = "Retry: the network is looked at again."
	CureKnownFile        = "Mend the line; what stands in it counts for nothing until then, and its finding counts."
	CureAuditLog         = "Ask an administrator of the organization for the right to read its audit log; which role of Konnect that takes is not documented."
	CureNoAuditLog       = "The organization has no audit log that can be read."
	CureResourceGraph    = "Ask for the role Reader on the subscription of the VNET: Resource Graph tells what an account may read."
	CureStateFolder      = "Check the state folder; what is on the screen is not affected."
	CureNoBundle         = "Ask for one that peerdeck bundle has written, or peerdeck with --record FILE."
	CureStandIns         = "Make the file readable and writable for you, or make a bundle with --keep-names, which needs none."
	CureResolverName     = "Give it one, such as private-dns."
	CureEditFirst        = "Edit it first."
	CureNetworkID        = "Give the id of one."
	CureOtherName        = "Give another name."
	CureWritableFile     = "Give another name, or make the file writable first."
	CureConfiguration    = "Correct the configuration file; r reads it again."
	CureMendField        = "Mend the field; what was typed is kept."
	CureLookAtOrder      = "Look at how the order stands."
	CureMakingBusy       = "Wait for its end, or cancel it. What you typed is kept."
	CureGoOnOrUndo       = "Go on: what is there is looked at, and what is missing is sent. Or undo it: what was made is removed."
	CureUndoAgain        = "Undo it again in a moment: what is there is looked at first."
	CureReadBackDiffers  = "Look at it in Konnect: somebody may have changed it at the same time, or Konnect keeps it otherwise than it was sent. Undo removes it."
	CureShorterRecording = "Record for a shorter time, or one network: --network NAME."
)

// CureAccept is the way on where warnings were not accepted.
func CureAccept(warnings []string) string {
	return "Mend the rows, or accept the warnings: " + strings.Join(warnings, ", ") + "."
}

// CureConfirm is the way on where a number of domains goes and nobody has agreed to that.
func CureConfirm(number int) string {
	return "Type " + strconv.Itoa(number) + " to confirm, or bring the domains back."
}

// CureUnwanted is the way on where Konnect refuses members that it has sent itself.
func CureUnwanted(members []string) string {
	return "Konnect refuses what it has sent itself and peerdeck does not know (" + strings.Join(members, ", ") +
		"). Without that it may take the table; what it says may be lost. Nothing was changed, your edits are kept."
}

// CureNotReadBack says before a cure that a request has left and what became of it cannot be
// read.
func CureNotReadBack(accepted bool, cure string) string {
	said := "The request was accepted"
	if !accepted {
		said = "The request has left, and nobody knows what became of it"
	}
	return said + "; the table cannot be read back. " + cure
}
