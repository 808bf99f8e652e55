package sandbox

import (
	"math"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"
)

// coreCheck collects what is wrong with what a control plane is to tell.
type coreCheck struct {
	body  map[string]any
	wrong []coreDetail
}

func (c *coreCheck) add(field, message string) {
	c.wrong = append(c.wrong, coreDetail{field: field, message: message})
}

// checkCore says what is wrong with a body.
func checkCore(kind, id string, body map[string]any) []coreDetail {
	c := &coreCheck{body: body}
	if uuid.Validate(id) != nil {
		c.add("id", "must be a valid UUID")
	}
	switch kind {
	case kindServices:
		c.service()
	case kindRoutes:
		c.route()
	case kindUpstreams:
		c.members("name", "host_header", "tags", "algorithm", "slots", "hash_on", "hash_fallback", "use_srv_name")
		c.host("name", true)
	case kindTargets:
		c.members("target", "weight", "upstream", "tags")
		if c.text("target") == "" {
			c.add("target", "missing properties: 'target'")
		}
		c.number("weight", math.MaxUint16)
	}
	return c.wrong
}

// members refuses what the kind does not have.
func (c *coreCheck) members(known ...string) {
	for _, name := range sortedKeys(c.body) {
		if !slices.Contains(known, name) {
			c.wrong = append(c.wrong, coreDetail{kind: detailEntity, message: "additionalProperties '" + name + "' not allowed"})
		}
	}
}

func (c *coreCheck) text(member string) string {
	value, there := c.body[member]
	s, ok := value.(string)
	if there && value != nil && !ok {
		c.add(member, "must be a string")
	}
	return s
}

func (c *coreCheck) list(member string) []string {
	value, there := c.body[member]
	list, ok := value.([]any)
	if there && value != nil && !ok {
		c.add(member, "must be an array")
	}
	out := make([]string, 0, len(list))
	for i, item := range list {
		s, ok := item.(string)
		if !ok {
			c.add(member+"["+strconv.Itoa(i)+"]", "must be a string")
		}
		out = append(out, s)
	}
	return out
}

func (c *coreCheck) number(member string, most int) {
	value, there := c.body[member]
	if !there || value == nil {
		return
	}
	if f, ok := value.(float64); !ok || f != math.Trunc(f) || f < 0 || f > float64(most) {
		c.add(member, "must be between 0 and "+strconv.Itoa(most))
	}
}

// name is a name of a service or a route. Blanks and most signs are refused.
func (c *coreCheck) name() {
	const most = 128
	name := c.text("name")
	if len(name) > most {
		c.add("name", "length must be <= 128, but got "+strconv.Itoa(len(name)))
	}
	if name != "" && !regexp.MustCompile(`^[0-9a-zA-Z.\-_~]+$`).MatchString(name) {
		c.add("name", "must match pattern '^[0-9a-zA-Z.\\-_~]*$'")
	}
}

// host is a name or an address. What is empty is refused where it is needed.
func (c *coreCheck) host(member string, needed bool) {
	const most = 256
	host := c.text(member)
	switch literal := strings.Trim(host, "[]"); {
	case host == "" && needed:
		c.add(member, "missing properties: '"+member+"'")
	case host == "":
	case len(host) > most:
		c.add(member, "length must be <= 256, but got "+strconv.Itoa(len(host)))
	case strings.ContainsAny(literal, ":"):
		if _, err := netip.ParseAddr(literal); err != nil {
			c.add(member, "must not have a port")
		}
	case !regexp.MustCompile(`^[A-Za-z0-9_]([A-Za-z0-9_.\-]*[A-Za-z0-9_.])?$`).MatchString(host):
		c.add(member, "must be a valid hostname")
	}
}

func (c *coreCheck) path(field, path string, regular bool) {
	if rest, is := strings.CutPrefix(path, "~"); is && regular {
		if _, err := regexp.Compile(rest); err != nil || !strings.HasPrefix(rest, "/") {
			c.add(field, "invalid regex: '"+rest+"'")
		}
		return
	}
	switch {
	case !strings.HasPrefix(path, "/"):
		c.add(field, "must begin with `/`")
	case strings.Contains(path, "//"):
		c.add(field, "must not contain `//`")
	case strings.ContainsAny(path, " \t\n\r?#\"<>\\^`{|}"):
		c.add(field, "must not have characters other than those of a path")
	}
}

func coreProtocols() []string {
	return []string{"grpc", "grpcs", "http", "https", "tcp", "tls", "tls_passthrough", "udp", "ws", "wss"}
}

func (c *coreCheck) protocol(field, value string) {
	if !slices.Contains(coreProtocols(), value) {
		c.add(field, "value must be one of \"grpc\", \"grpcs\", \"http\", \"https\", \"tcp\", \"tls\", \"tls_passthrough\", \"udp\", \"ws\", \"wss\"")
	}
}

// service checks a gateway service.
func (c *coreCheck) service() {
	c.members("name", "protocol", "host", "port", "path", "url", "enabled", "retries", "connect_timeout", "read_timeout", "write_timeout", "tags", "tls_verify", "tls_verify_depth", "tls_sans", "ca_certificates", "client_certificate")
	c.name()
	if text := c.text("url"); text != "" {
		c.fromURL(text)
	}
	c.host("host", true)
	c.number("port", math.MaxUint16)
	c.number("retries", math.MaxInt16)
	c.list("tags")
	protocol := c.text("protocol")
	if protocol != "" {
		c.protocol("protocol", protocol)
	}
	path := c.text("path")
	if path == "" {
		return
	}
	c.path("path", path, false)
	if slices.Contains([]string{"tcp", "tls", "udp", "grpc", "grpcs", "tls_passthrough"}, protocol) {
		c.wrong = append(c.wrong, coreDetail{kind: detailEntity, message: "path can be set only when protocol is 'http' or 'https'"})
	}
}

// fromURL sets protocol, host, port and path as an address has them.
func (c *coreCheck) fromURL(text string) {
	at, err := url.Parse(text)
	if err != nil || at.Hostname() == "" {
		c.add("url", "missing host in url")
		return
	}
	port := map[string]float64{"http": 80, "https": 443, "ws": 80, "wss": 443}[at.Scheme]
	if n, err := strconv.Atoi(at.Port()); err == nil {
		port = float64(n)
	}
	c.body["protocol"], c.body["host"], c.body["port"] = at.Scheme, at.Hostname(), port
	if at.Path != "" {
		c.body["path"] = at.Path
	}
}

// withoutURL is a body without the address, which is taken and never shown.
func withoutURL(body map[string]any) map[string]any {
	delete(body, "url")
	return body
}

// route checks a route.
func (c *coreCheck) route() {
	common := []string{"name", "protocols", "strip_path", "preserve_host", "service", "tags", "https_redirect_status_code", "path_handling", "request_buffering", "response_buffering"}
	if _, expression := c.body["expression"]; expression {
		c.members(append(common, "expression", "priority")...)
	} else {
		c.members(append(common, "hosts", "paths", "methods", "snis", "headers", "sources", "destinations", "regex_priority")...)
	}
	c.name()
	protocols := c.list("protocols")
	for i, p := range protocols {
		c.protocol("protocols["+strconv.Itoa(i)+"]", p)
	}
	if len(protocols) == 0 {
		protocols = []string{"https"}
	}
	for i, p := range c.list("paths") {
		c.path("paths["+strconv.Itoa(i)+"]", p, true)
	}
	for i, m := range c.list("methods") {
		if !regexp.MustCompile(`^[A-Z]+$`).MatchString(m) {
			c.add("methods["+strconv.Itoa(i)+"]", "must match pattern '^[A-Z]+$'")
		}
	}
	for i, h := range c.list("hosts") {
		c.wildcard("hosts["+strconv.Itoa(i)+"]", h)
	}
	for i, s := range c.list("snis") {
		c.wildcard("snis["+strconv.Itoa(i)+"]", s)
	}
	c.list("tags")
	c.matches(protocols)
}

// wildcard is a name that may begin or end with a star.
func (c *coreCheck) wildcard(field, name string) {
	inner := strings.TrimPrefix(strings.TrimSuffix(name, ".*"), "*.")
	inner, _, _ = strings.Cut(inner, ":")
	if inner == "" || strings.Contains(inner, "*") || strings.HasPrefix(name, "*.") && strings.HasSuffix(name, ".*") || !regexp.MustCompile(`^[A-Za-z0-9_]([A-Za-z0-9_.\-]*[A-Za-z0-9_])?$`).MatchString(inner) {
		c.add(field, "must be a valid hostname with a wildcard prefix '*.' or suffix '.*' or without any")
	}
}

// matches refuses a route that no request can tell from others, and protocols that do not go
// together.
func (c *coreCheck) matches(protocols []string) {
	families := [][]string{{"http", "https"}, {"tcp", "tls", "udp"}, {"tls_passthrough"}, {"grpc", "grpcs"}, {"ws", "wss"}}
	among := slices.IndexFunc(families, func(f []string) bool { return slices.Contains(f, protocols[0]) })
	for _, p := range protocols {
		if among >= 0 && !slices.Contains(families[among], p) {
			c.wrong = append(c.wrong, coreDetail{kind: detailEntity, message: "invalid protocols: " + strings.Join(protocols, ", ") + " cannot be used together"})
			return
		}
	}
	if c.text("expression") != "" {
		return
	}
	needs := map[string][]string{
		"http": {"hosts", "methods", "paths", "headers"}, "https": {"hosts", "methods", "paths", "headers", "snis"},
		"tcp": {"sources", "destinations"}, "udp": {"sources", "destinations"}, "tls": {"sources", "destinations", "snis"}, "tls_passthrough": {"snis"},
		"grpc": {"hosts", "headers", "paths"}, "grpcs": {"hosts", "headers", "paths", "snis"}, "ws": {"hosts", "headers", "paths"}, "wss": {"hosts", "headers", "paths", "snis"},
	}
	for _, p := range protocols {
		of := needs[p]
		if len(of) > 0 && !slices.ContainsFunc(of, c.has) {
			c.wrong = append(c.wrong, coreDetail{kind: detailEntity, message: "when protocols has '" + p + "', at least one of '" + strings.Join(of, "', '") + "' must be set"})
		}
	}
	if strip, set := c.body["strip_path"].(bool); set && strip && slices.ContainsFunc(protocols, func(p string) bool { return strings.HasPrefix(p, "grpc") }) {
		c.add("strip_path", "'strip_path' must be false when protocols has 'grpc' or 'grpcs'")
	}
}

func (c *coreCheck) has(member string) bool {
	switch v := c.body[member].(type) {
	case []any:
		return len(v) > 0
	case map[string]any:
		return len(v) > 0
	default:
		return false
	}
}
