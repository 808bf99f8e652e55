package table

// Why says why a text is no domain, empty when it is one. Where it holds a domain, in a
// URL or with a port, that is the offer.
func Why(text string) (problem, offer string) {
	if _, f := readName(text); f != nil {
		return f.text, f.fix
	}
	return "", ""
}
