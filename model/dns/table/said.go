package table

// Said is what an order has come to, in sentences; while it goes on, that it does.
func (a Apply) Said() string {
	switch a.State {
	case ApplyDone:
		return "Done. The table was read back and is as it was sent, and the resolver is ready."
	case ApplyMeanwhile:
		return "Somebody else has changed the table since it was loaded; Konnect does not say who. Nothing was written, and your edits are kept."
	case ApplyDiffers:
		return "It was written, and what is there now is not what was sent. This is the difference, from what was sent to what is there:"
	case ApplyCancelled:
		return "Cancelled. Nothing was written, and your edits are kept."
	case ApplyFailed:
		if a.Sent {
			return "It failed. The request had left: it may have been carried out. Your edits are kept."
		}
		return "It failed. Nothing was written, and your edits are kept."
	case ApplyReading, ApplyKeeping, ApplyWriting, ApplyWaiting:
	}
	return "It goes on."
}
