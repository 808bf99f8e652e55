package wiretest

// Nowhere is an address of this machine at which nothing listens. It is none that the
// system gives to whoever asks for a free port: a port that a test has just given back may
// be another test's by the time it is dialled.
func Nowhere() string { return "127.0.0.1:1" }
