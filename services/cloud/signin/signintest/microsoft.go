// Package signintest is a small Microsoft for tests: a sign-in service, a Resource Manager
// and a metadata service on loopback, which real clients sign in to and which refuse as
// they are told to.
package signintest

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/peerdeck/peerdeck/services/cloud/endpoint"
)

// Canary is in every token and secret: it must be in no text.
const Canary = "canary-of-a-token"

// Claims are what a challenge of [Microsoft] wants.
const Claims = `{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}`

// Microsoft answers sign-ins and requests with their tokens.
type Microsoft struct {
	URL string

	mu sync.Mutex
	// Refuse gives the body of a refusal of a request for a token, nil to give one.
	Refuse func(form url.Values) map[string]any
	// Challenge is the header with which a request is refused, empty to take it.
	Challenge func(token string) string
	asked     map[string]int
	forms     []url.Values
	tokens    int
}

// Start starts one, which ends with the test.
func Start(t *testing.T) *Microsoft {
	t.Helper()
	m := &Microsoft{asked: map[string]int{}}
	server := httptest.NewServer(http.HandlerFunc(m.serve))
	t.Cleanup(server.Close)
	m.URL = server.URL
	return m
}

// Endpoint is its address.
func (m *Microsoft) Endpoint(t *testing.T) endpoint.Endpoint {
	t.Helper()
	e, err := endpoint.Parse("the test", m.URL)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// Set changes how it answers.
func (m *Microsoft) Set(change func(m *Microsoft)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	change(m)
}

// Asked counts what was asked for: "token", "devicecode", "arm".
func (m *Microsoft) Asked(what string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.asked[what]
}

// Forms are the requests for tokens and device codes so far.
func (m *Microsoft) Forms() []url.Values {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]url.Values(nil), m.forms...)
}

func (m *Microsoft) serve(rw http.ResponseWriter, r *http.Request) {
	m.mu.Lock()
	defer m.mu.Unlock()
	_ = r.ParseForm()
	base := "https://" + r.Host + "/" + strings.SplitN(strings.Trim(r.URL.Path, "/"), "/", 2)[0]
	switch {
	case strings.HasSuffix(r.URL.Path, "/.well-known/openid-configuration"):
		answer(rw, http.StatusOK, map[string]any{
			"issuer": base + "/v2.0", "token_endpoint": base + "/oauth2/v2.0/token",
			"authorization_endpoint": base + "/oauth2/v2.0/authorize", "device_authorization_endpoint": base + "/oauth2/v2.0/devicecode",
		})
	case strings.HasSuffix(r.URL.Path, "/devicecode"):
		m.count("devicecode", r.PostForm)
		answer(rw, http.StatusOK, map[string]any{"device_code": "d", "user_code": "ABCD", "verification_uri": m.URL + "/device", "expires_in": 900, "interval": 1, "message": "go"})
	case strings.HasSuffix(r.URL.Path, "/token"):
		m.count("token", r.PostForm)
		if m.Refuse != nil {
			if body := m.Refuse(r.PostForm); body != nil {
				answer(rw, http.StatusBadRequest, body)
				return
			}
		}
		m.tokens++
		token := Token(strconv.Itoa(m.tokens))
		answer(rw, http.StatusOK, map[string]any{
			"token_type": "Bearer", "scope": r.PostForm.Get("scope"), "expires_in": 3600, "access_token": token, "id_token": token, "refresh_token": Canary,
			"client_info": base64.RawURLEncoding.EncodeToString([]byte(`{"uid":"u","utid":"t"}`)),
		})
	default:
		m.count("arm", nil)
		token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		if m.Challenge != nil {
			if header := m.Challenge(token); header != "" {
				rw.Header().Set("WWW-Authenticate", header)
				answer(rw, http.StatusUnauthorized, map[string]any{"error": map[string]any{"code": "InvalidAuthenticationToken", "message": "The token was refused."}})
				return
			}
		}
		answer(rw, http.StatusOK, map[string]any{"ok": true})
	}
}

func (m *Microsoft) count(what string, form url.Values) {
	m.asked[what]++
	if form != nil {
		m.forms = append(m.forms, form)
	}
}

func answer(rw http.ResponseWriter, status int, body map[string]any) {
	rw.Header().Set("Content-Type", "application/json")
	rw.WriteHeader(status)
	_ = json.NewEncoder(rw).Encode(body) //nolint:errchkjson // the client may be gone
}

// Token is a token that reads like one of Entra's, with a number in it.
func Token(number string) string {
	part := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	return part(`{"alg":"none"}`) + "." + part(`{"appid":"app-7","n":"`+number+`"}`) + "." + Canary
}

// Header is a challenge as Azure sends it.
func Header() string {
	return `Bearer realm="", authorization_uri="https://login.example/common", error="insufficient_claims", claims="` + base64.StdEncoding.EncodeToString([]byte(Claims)) + `"`
}

// Shows reports whether a request for a token carries the claims of the challenge.
func Shows(form url.Values) bool { return strings.Contains(form.Get("claims"), "1700000000") }
