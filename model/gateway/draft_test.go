package gateway_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
)

// good is a draft without a problem.
func good() gateway.Draft {
	return gateway.Draft{
		Plane:   safe.New("shop"),
		Service: gateway.ServiceDraft{Name: safe.New("orders"), Protocol: safe.New("https"), Host: safe.New("orders.corp.example.org")},
		Route:   gateway.RouteDraft{Paths: safe.Texts("/orders")},
	}
}

func TestProblemsOfADraft(t *testing.T) {
	t.Parallel()
	if got := good().Problems(); len(got) != 0 {
		t.Fatalf("the good one has %v", got)
	}
	type draft = gateway.Draft
	for name, c := range map[string]struct {
		change  func(d *draft)
		field   gateway.Field // of the first problem; empty for none
		says    []string
		warning bool
	}{
		"no control plane":        {func(d *draft) { d.Plane = safe.Text{} }, gateway.FieldPlane, []string{"no control plane"}, false},
		"no name":                 {func(d *draft) { d.Service.Name = safe.Text{} }, gateway.FieldService, []string{"no name"}, false},
		"a name with a slash":     {func(d *draft) { d.Service.Name = safe.New("a/b") }, gateway.FieldService, []string{`"a/b"`, `"/"`, "letters, digits"}, false},
		"a name of other letters": {func(d *draft) { d.Service.Name = safe.New("bücher") }, "", nil, false},
		"a name nobody sees":      {func(d *draft) { d.Service.Name = safe.New("a\u202eb") }, gateway.FieldService, []string{`\u{202e}`}, false},
		"a name like an id":       {func(d *draft) { d.Service.Name = safe.New("49fd316e-c457-481c-9fc7-8079153e4f3c") }, gateway.FieldService, []string{"form of an id"}, false},
		"the longest name":        {func(d *draft) { d.Service.Name = safe.New(strings.Repeat("a", 128)) }, "", nil, false},
		"a longer name":           {func(d *draft) { d.Service.Name = safe.New(strings.Repeat("a", 129)) }, gateway.FieldService, []string{"129", "128"}, false},

		"no protocol":         {func(d *draft) { d.Service.Protocol = safe.Text{} }, "", nil, false},
		"a protocol in large": {func(d *draft) { d.Service.Protocol = safe.New("HTTPS") }, gateway.FieldProtocol, []string{`"HTTPS"`, "https"}, false},
		"an unknown protocol": {func(d *draft) { d.Service.Protocol = safe.New("ftp") }, gateway.FieldProtocol, []string{`"ftp"`, "tls_passthrough"}, false},
		"no host":             {func(d *draft) { d.Service.Host = safe.Text{} }, gateway.FieldHost, []string{"no host"}, false},
		"a host with a port":  {func(d *draft) { d.Service.Host = safe.New("a.example:80") }, gateway.FieldHost, []string{`"a.example"`, `"80"`}, false},
		"a host with a path":  {func(d *draft) { d.Service.Host = safe.New("a.example/v1") }, gateway.FieldHost, []string{`"a.example"`, `"/v1"`}, false},
		"a URL as host":       {func(d *draft) { d.Service.Host = safe.New("https://a.example") }, gateway.FieldHost, []string{"whole address"}, false},
		"300 characters":      {func(d *draft) { d.Service.Host = safe.New(strings.Repeat("abcdefgh.", 33) + "abc") }, gateway.FieldHost, []string{"253"}, false},
		"a long part":         {func(d *draft) { d.Service.Host = safe.New(strings.Repeat("a", 64) + ".example") }, gateway.FieldHost, []string{"63"}, false},
		"a dot at the end":    {func(d *draft) { d.Service.Host = safe.New("a.example.") }, gateway.FieldHost, []string{"dot at its end"}, false},
		"two dots":            {func(d *draft) { d.Service.Host = safe.New("a..example") }, gateway.FieldHost, []string{"empty part"}, false},
		"another script":      {func(d *draft) { d.Service.Host = safe.New("bücher.example") }, gateway.FieldHost, []string{"xn--bcher-kva.example"}, false},
		"an address":          {func(d *draft) { d.Service.Host = safe.New("10.20.4.10") }, "", nil, false},
		"a wrong address":     {func(d *draft) { d.Service.Host = safe.New("10.20.4.256") }, gateway.FieldHost, []string{"no address"}, false},
		"IPv6":                {func(d *draft) { d.Service.Host = safe.New("fd00::1") }, "", nil, false},
		"IPv6 in brackets":    {func(d *draft) { d.Service.Host = safe.New("[fd00::1]") }, "", nil, false},
		"IPv6, one bracket":   {func(d *draft) { d.Service.Host = safe.New("[fd00::1") }, gateway.FieldHost, nil, false},
		"IPv6 with a port":    {func(d *draft) { d.Service.Host = safe.New("[fd00::1]:80") }, gateway.FieldHost, []string{"fd00::1,", "80"}, false},
		"IPv6 of one card":    {func(d *draft) { d.Service.Host = safe.New("fe80::1%eth0") }, gateway.FieldHost, []string{"%"}, false},
		"an upstream":         {func(d *draft) { d.Service.Host = safe.New("pool_1") }, "", nil, false},
		"an escape":           {func(d *draft) { d.Service.Host = safe.New("a\x1b[2J.example") }, gateway.FieldHost, []string{`\u{1b}`}, false},
		"no port":             {func(d *draft) { d.Service.Port = safe.Text{} }, "", nil, false},
		"port 65535":          {func(d *draft) { d.Service.Port = safe.New("65535") }, "", nil, false},
		"port 65536":          {func(d *draft) { d.Service.Port = safe.New("65536") }, gateway.FieldPort, []string{`"65536"`, "65535"}, false},
		"port -1":             {func(d *draft) { d.Service.Port = safe.New("-1") }, gateway.FieldPort, []string{`"-1"`}, false},
		"port https":          {func(d *draft) { d.Service.Port = safe.New("https") }, gateway.FieldPort, []string{"443"}, false},
		"port 0":              {func(d *draft) { d.Service.Port = safe.New("0") }, gateway.FieldPort, []string{"port 0"}, true},
		"a service path":      {func(d *draft) { d.Service.Path = safe.New("/v1") }, "", nil, false},
		"no slash":            {func(d *draft) { d.Service.Path = safe.New("v1") }, gateway.FieldPath, []string{`"/v1"`}, false},
		"a URL": {func(d *draft) {
			d.Service = gateway.ServiceDraft{Name: safe.New("a"), URL: safe.New("https://a.example/v1")}
		}, "", nil, false},
		"a URL and a host": {func(d *draft) { d.Service.URL = safe.New("https://a.example/v1") }, gateway.FieldURL, []string{"leave out"}, false},
		"a URL with a query": {func(d *draft) {
			d.Service = gateway.ServiceDraft{Name: safe.New("a"), URL: safe.New("https://a.example/?q=1")}
		}, gateway.FieldURL, []string{"query"}, false},
		"a URL with a secret": {func(d *draft) {
			d.Service = gateway.ServiceDraft{Name: safe.New("a"), URL: safe.New("https://u:p@a.example/")}
		}, gateway.FieldURL, []string{"user"}, false},
		"a URL of a bad host": {func(d *draft) {
			d.Service = gateway.ServiceDraft{Name: safe.New("a"), URL: safe.New("http://a..example")}
		}, gateway.FieldHost, []string{"empty part"}, false},
		"a URL of a bad port": {func(d *draft) {
			d.Service = gateway.ServiceDraft{Name: safe.New("a"), URL: safe.New("http://a.example:99999")}
		}, gateway.FieldPort, []string{"99999"}, false},

		"a path without slash":   {func(d *draft) { d.Route.Paths = safe.Texts("orders") }, gateway.FieldPaths, []string{`"/orders"`}, false},
		"an empty segment":       {func(d *draft) { d.Route.Paths = safe.Texts("/a//b") }, gateway.FieldPaths, []string{"empty part"}, false},
		"an expression":          {func(d *draft) { d.Route.Paths = safe.Texts(`~/orders/\d+$`) }, "", nil, false},
		"one that looks ahead":   {func(d *draft) { d.Route.Paths = safe.Texts(`~/orders/(?!old)`) }, "", nil, false},
		"an expression, no ~":    {func(d *draft) { d.Route.Paths = safe.Texts(`/orders/\d+$`) }, gateway.FieldPaths, []string{`~/orders`}, false},
		"perhaps an expression":  {func(d *draft) { d.Route.Paths = safe.Texts(`/orders/.*`) }, gateway.FieldPaths, []string{`~/orders`}, true},
		"an open bracket":        {func(d *draft) { d.Route.Paths = safe.Texts(`~/orders/(`) }, gateway.FieldPaths, []string{"not closed"}, false},
		"~ without slash":        {func(d *draft) { d.Route.Paths = safe.Texts("~orders") }, gateway.FieldPaths, []string{"~/"}, false},
		"a query":                {func(d *draft) { d.Route.Paths = safe.Texts("/a?b=1") }, gateway.FieldPaths, []string{"query"}, false},
		"half a percent":         {func(d *draft) { d.Route.Paths = safe.Texts("/a%2") }, gateway.FieldPaths, []string{"%25"}, false},
		"the same path twice":    {func(d *draft) { d.Route.Paths = safe.Texts("/a", "/a") }, gateway.FieldPaths, []string{"twice"}, false},
		"an empty path":          {func(d *draft) { d.Route.Paths = safe.Texts("") }, gateway.FieldPaths, []string{"empty"}, false},
		"nothing to be known by": {func(d *draft) { d.Route.Paths = nil }, gateway.FieldPaths, []string{"path, host, method or SNI"}, false},
		"a host alone":           {func(d *draft) { d.Route.Paths, d.Route.Hosts = nil, safe.Texts("*.shop.example") }, "", nil, false},
		"a star at the end":      {func(d *draft) { d.Route.Hosts = safe.Texts("shop.*") }, "", nil, false},
		"two stars":              {func(d *draft) { d.Route.Hosts = safe.Texts("*.shop.*") }, gateway.FieldHosts, []string{"two stars"}, false},
		"a star within":          {func(d *draft) { d.Route.Hosts = safe.Texts("shop.*.example") }, gateway.FieldHosts, []string{"star within"}, false},
		"a route host's port":    {func(d *draft) { d.Route.Hosts = safe.Texts("shop.example:8443") }, "", nil, false},
		"a route host's no port": {func(d *draft) { d.Route.Hosts = safe.Texts("shop.example:x") }, gateway.FieldHosts, []string{"NAME:PORT"}, false},
		"a method alone":         {func(d *draft) { d.Route.Paths, d.Route.Methods = nil, safe.Texts("GET") }, "", nil, false},
		"a small method":         {func(d *draft) { d.Route.Methods = safe.Texts("get") }, gateway.FieldMethods, []string{`"get"`, "GET"}, false},
		"no method":              {func(d *draft) { d.Route.Methods = safe.Texts("G-T") }, gateway.FieldMethods, []string{"no method"}, false},
		"an SNI":                 {func(d *draft) { d.Route.SNIs = safe.Texts("*.shop.example") }, "", nil, false},
		"an address as SNI":      {func(d *draft) { d.Route.SNIs = safe.Texts("10.0.0.1") }, gateway.FieldSNIs, []string{"address"}, false},
		"an SNI in plain HTTP": {func(d *draft) {
			d.Route.Protocols, d.Route.SNIs = safe.Texts("http"), safe.Texts("a.example")
		}, gateway.FieldSNIs, []string{"not matched by SNIs"}, false},
		"strip path yes":   {func(d *draft) { d.Route.StripPath = safe.New("yes") }, "", nil, false},
		"strip path maybe": {func(d *draft) { d.Route.StripPath = safe.New("maybe") }, gateway.FieldStripPath, []string{`"maybe"`}, false},

		"mixed protocols":  {func(d *draft) { d.Route.Protocols = safe.Texts("https", "grpcs") }, gateway.FieldProtocols, []string{"https and grpcs", "one kind"}, false},
		"http to a stream": {func(d *draft) { d.Service.Protocol, d.Route.Protocols = safe.New("tls"), safe.Texts("https") }, gateway.FieldProtocols, []string{"cannot lead"}, false},
		"tls with an SNI": {func(d *draft) {
			d.Service.Protocol, d.Route.Paths, d.Route.SNIs = safe.New("tls"), nil, safe.Texts("a.example")
		}, "", nil, false},
		"tls with a path": {func(d *draft) { d.Service.Protocol = safe.New("tls") }, gateway.FieldPaths, []string{"not matched by paths"}, false},
		"tcp":             {func(d *draft) { d.Service.Protocol, d.Route.Paths = safe.New("tcp"), nil }, gateway.FieldProtocols, []string{"in Konnect"}, false},
		"tls with a service path": {func(d *draft) {
			d.Service.Protocol, d.Service.Path, d.Route.Paths, d.Route.SNIs = safe.New("tls"), safe.New("/v1"), nil, safe.Texts("a.example")
		}, gateway.FieldPath, []string{"has no path"}, false},
		"grpc with a host": {func(d *draft) {
			d.Service.Protocol, d.Route.Paths, d.Route.Hosts = safe.New("grpcs"), nil, safe.Texts("a.example")
		}, "", nil, false},
		"grpc with a method": {func(d *draft) { d.Service.Protocol, d.Route.Methods = safe.New("grpcs"), safe.Texts("POST") }, gateway.FieldMethods, []string{"not matched by methods"}, false},
		"grpc that strips":   {func(d *draft) { d.Service.Protocol, d.Route.StripPath = safe.New("grpcs"), safe.New("true") }, gateway.FieldStripPath, []string{"false"}, false},
		"http to grpc":       {func(d *draft) { d.Service.Protocol, d.Route.Protocols = safe.New("grpc"), safe.Texts("https") }, "", nil, false},
		"ws":                 {func(d *draft) { d.Service.Protocol = safe.New("ws") }, "", nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := good()
			c.change(&d)
			got := d.Problems()
			if c.field == "" {
				if len(got) != 0 {
					t.Errorf("got %v", got)
				}
				return
			}
			if len(got) == 0 || got[0].Field != c.field || got[0].Warning != c.warning || gateway.Sendable(got) != c.warning {
				t.Fatalf("got %v", got)
			}
			for _, part := range c.says {
				if !strings.Contains(got[0].Text, part) {
					t.Errorf("%q does not say %q", got[0].Text, part)
				}
			}
		})
	}
}

func TestWhatADraftMeans(t *testing.T) {
	t.Parallel()
	d := good()
	s, r := d.Wanted()
	if s.Port != 443 || !s.Enabled || r.Name != s.Name || !slices.Equal(r.Protocols, safe.Texts("https")) || !r.StripPath {
		t.Errorf("%+v, %+v", s, r)
	}
	d.Service = gateway.ServiceDraft{Name: safe.New("orders"), URL: safe.New("HTTP://10.1.0.4:8080/a%20b")}
	d.Route.Name, d.Route.StripPath = safe.New("in"), safe.New("false")
	s, r = d.Wanted()
	if s.Protocol.Raw() != "http" || s.Host.Raw() != "10.1.0.4" || s.Port != 8080 || s.Path.Raw() != "/a%20b" || r.Name.Raw() != "in" || r.StripPath {
		t.Errorf("%+v, %+v", s, r)
	}
	d.Service = gateway.ServiceDraft{Name: safe.New("g"), Protocol: safe.New("grpc"), Host: safe.New("g.example")}
	d.Route.StripPath = safe.Text{}
	if s, r = d.Wanted(); s.Port != 80 || r.StripPath || !slices.Equal(r.Protocols, safe.Texts("grpcs")) {
		t.Errorf("%+v, %+v", s, r)
	}
}

func TestDifferences(t *testing.T) {
	t.Parallel()
	s, r := good().Wanted()
	r.ServiceID = safe.New("1")
	r.Methods = safe.Texts("GET", "POST")
	other := r
	other.Methods = safe.Texts("POST", "GET")
	if got := gateway.RouteDifferences(r, other); len(got) != 0 {
		t.Errorf("the order of a list is no difference: %v", got)
	}
	other.Methods, other.StripPath, other.ServiceID = safe.Texts("PUT"), false, safe.New("2")
	if got, want := gateway.Words(gateway.RouteDifferences(r, other)), "route.methods is PUT, GET, POST is wanted; route.strip_path is false, true is wanted; route.service is 2, 1 is wanted"; got != want {
		t.Error(got)
	}
	theirs := s
	theirs.Host, theirs.Port, theirs.Enabled, theirs.Tags = safe.New("old.example"), -1, false, safe.Texts("x")
	if got, want := gateway.Words(gateway.ServiceDifferences(s, theirs)), "service.host is old.example, orders.corp.example.org is wanted; service.port is none, 443 is wanted; service.enabled is false, true is wanted"; got != want {
		t.Error(got)
	}
}

// Whatever is typed, each problem names its field in a clean sentence, and a draft without
// problems means a service and a route that the contract allows.
func FuzzDraft(f *testing.F) {
	f.Add("shop", "orders", "https", "orders.example.org", "443", "/", "/orders", "*.example.org", "GET", "https", "a.example", "true", "")
	f.Add("", "a\x00", "HTTP", "http://u@h:1/", "-0", "//", "~/(", "*.*", "get", "tcp", "::1", "maybe", "https://[::1]:0/%zz")
	f.Add("é", "\u202e", "grpc", strings.Repeat("a.", 200), "99999", "/%", "/\\d", "a*b", "", "tls_passthrough", "10.0.0.1", "no", "ws://")
	f.Fuzz(func(t *testing.T, plane, name, protocol, host, port, path, routePath, routeHost, method, routeProtocol, sni, strip, url string) {
		list := func(s string) []safe.Text {
			if s == "" {
				return nil
			}
			return safe.Texts(strings.Split(s, ",")...)
		}
		d := gateway.Draft{
			Plane: safe.New(plane),
			Service: gateway.ServiceDraft{
				Name: safe.New(name), Protocol: safe.New(protocol), Host: safe.New(host), Port: safe.New(port), Path: safe.New(path), URL: safe.New(url),
			},
			Route: gateway.RouteDraft{
				Paths: list(routePath), Hosts: list(routeHost), Methods: list(method), Protocols: list(routeProtocol), SNIs: list(sni), StripPath: safe.New(strip),
			},
		}
		problems := d.Problems()
		for _, p := range problems {
			if p.Field == "" || p.Text == "" || safe.Clean(p.Text) != p.Text {
				t.Fatalf("%+v", p)
			}
		}
		if !gateway.Sendable(problems) {
			return
		}
		s, r := d.Wanted()
		if s.Name.IsEmpty() || s.Host.IsEmpty() || s.Port < 0 || s.Port > 65535 || !slices.Contains(gateway.Protocols(), s.Protocol.Raw()) || strings.Contains(s.Path.Raw(), "//") {
			t.Fatalf("%+v", s)
		}
		if r.Name.IsEmpty() || len(r.Protocols) == 0 || len(r.Paths)+len(r.Hosts)+len(r.Methods)+len(r.SNIs) == 0 {
			t.Fatalf("%+v", r)
		}
		for _, p := range r.Paths {
			if raw := p.Raw(); !strings.HasPrefix(raw, "/") && !strings.HasPrefix(raw, "~/") || strings.Contains(raw, "//") {
				t.Fatalf("path %q", raw)
			}
		}
		for _, m := range r.Methods {
			if strings.ToUpper(m.Raw()) != m.Raw() {
				t.Fatalf("method %q", m.Raw())
			}
		}
		if got := gateway.ServiceDifferences(s, s); len(got) != 0 {
			t.Fatalf("it differs from itself: %v", got)
		}
	})
}
