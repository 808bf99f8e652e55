package transport

import "net/http"

// Direct returns a client that goes through no proxy, for what stands on the network of
// this machine alone, such as the metadata service of a machine in Azure: a proxy that is
// asked for it answers from its own machine, or refuses.
func Direct() *Client {
	c := New()
	if t, ok := c.http.Transport.(*http.Transport); ok {
		t.Proxy = nil
	}
	return c
}
