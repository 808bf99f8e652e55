package sandbox

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

// login is the Microsoft sign-in: device codes and tokens. Nobody types a code
// here; it is approved after a while, or by [World.Approve].
func (w *World) login() service {
	return service{world: w, name: "login", answer: answerLogin, refuse: func(_ *World, _ *http.Request, status int) reply {
		return oauthError(status, "server_error", "AADSTS90033: A transient error has occurred. Please try again.")
	}}
}

// device is a sign-in that was begun on a device without a browser.
type device struct {
	tenant   *tenant
	began    time.Time
	approved bool
	declined bool
	claims   string // that the sign-in has to show
}

const deviceLife = 15 * time.Minute

func answerLogin(w *World, r *http.Request) reply {
	name, rest, _ := strings.Cut(strings.Trim(r.URL.Path, "/"), "/")
	if name == "device" {
		return reply{status: http.StatusOK, kind: "text/html", body: "<html><p>This is the sandbox. The code is approved without your doing.</p></html>"}
	}
	if asked, ok := strings.CutSuffix(strings.Trim(r.URL.Path, "/"), "/adminconsent"); ok {
		return w.adminConsent(r, asked)
	}
	if name == "common" && rest == "discovery/instance" {
		return discovery(r.Host)
	}
	t := w.tenant(name)
	if t == nil {
		return oauthError(http.StatusBadRequest, "invalid_tenant", "AADSTS90002: Tenant '"+name+"' not found.")
	}
	if err := r.ParseForm(); err != nil {
		return oauthError(http.StatusBadRequest, "invalid_request", "AADSTS900144: The request body is not a form.")
	}
	base := "https://" + r.Host + "/" + t.id
	switch rest {
	case "v2.0/.well-known/openid-configuration":
		return ok200(map[string]any{
			"issuer": base + "/v2.0", "token_endpoint": base + "/oauth2/v2.0/token",
			"authorization_endpoint": base + "/oauth2/v2.0/authorize", "device_authorization_endpoint": base + "/oauth2/v2.0/devicecode",
		})
	case "oauth2/v2.0/devicecode":
		return w.beginDevice(t, r)
	case "oauth2/v2.0/token":
		return w.exchange(t, r)
	default:
		return oauthError(http.StatusNotFound, "invalid_request", "AADSTS900144: There is no such page in the sandbox.")
	}
}

// discovery tells which hosts are one authority: this one alone.
func discovery(host string) reply {
	return ok200(map[string]any{
		"tenant_discovery_endpoint": "https://" + host + "/common/v2.0/.well-known/openid-configuration", "api-version": "1.1",
		"metadata": []any{map[string]any{"preferred_network": host, "preferred_cache": host, "aliases": []string{host}}},
	})
}

func (w *World) tenant(name string) *tenant {
	for _, t := range w.tenants {
		if strings.EqualFold(t.id, name) || strings.EqualFold(t.domain, name) {
			return t
		}
	}
	return nil
}

func (w *World) beginDevice(t *tenant, r *http.Request) reply {
	host := r.Host
	w.traces++
	code := w.id("device", w.trace())
	w.devices[code] = &device{tenant: t, began: w.clock.Now(), claims: r.PostForm.Get("claims")}
	user := strings.ToUpper(code[:4] + code[9:13])
	return ok200(map[string]any{
		"device_code": code, "user_code": user, "verification_uri": "http://" + host + "/device",
		"expires_in": int(deviceLife.Seconds()), "interval": 1,
		"message": "To sign in, open http://" + host + "/device and enter the code " + user + ".",
	})
}

// Approve approves every sign-in that waits, or declines them.
func (w *World) Approve(yes bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, d := range w.devices {
		d.approved, d.declined = yes, !yes
	}
}

func (w *World) exchange(t *tenant, r *http.Request) reply {
	switch r.PostForm.Get("grant_type") {
	case "urn:ietf:params:oauth:grant-type:device_code", "device_code":
		d := w.devices[r.PostForm.Get("device_code")]
		now := w.clock.Now()
		switch {
		case d == nil || d.tenant != t || now.Sub(d.began) > deviceLife:
			return oauthError(http.StatusBadRequest, "expired_token", "AADSTS70020: The provided value for the device code is expired.")
		case d.declined:
			return oauthError(http.StatusBadRequest, "authorization_declined", "AADSTS70018: The end user declined the sign-in.")
		case !d.approved && (w.signInAfter == 0 || now.Sub(d.began) < w.signInAfter):
			return oauthError(http.StatusBadRequest, "authorization_pending", "AADSTS70016: OAuth 2.0 device flow error. Authorization is pending. Continue polling.")
		}
		return w.issue(t, cmp.Or(d.claims, r.PostForm.Get("claims")))
	case "refresh_token":
		return w.issue(t, r.PostForm.Get("claims"))
	case "client_credentials":
		if r.PostForm.Get("client_secret") == "wrong" {
			return oauthError(http.StatusUnauthorized, "invalid_client", "AADSTS7000215: Invalid client secret provided.")
		}
		// An application is nobody who could be told who it is: no id token, nothing to refresh.
		return ok200(map[string]any{
			"token_type": "Bearer", "expires_in": int(tokenLife.Seconds()), "ext_expires_in": int(tokenLife.Seconds()),
			"access_token": w.mint(t, tokenLife, r.PostForm.Get("claims")),
		})
	default:
		return oauthError(http.StatusBadRequest, "unsupported_grant_type", "AADSTS70003: The app requested an unsupported grant type.")
	}
}

const tokenLife = time.Hour

func (w *World) issue(t *tenant, claims string) reply {
	user := w.user
	info := base64.RawURLEncoding.EncodeToString([]byte(`{"uid":"` + user + `","utid":"` + t.id + `"}`))
	token := w.mint(t, tokenLife, claims)
	return ok200(map[string]any{
		"token_type": "Bearer", "scope": "https://management.core.windows.net//.default", "expires_in": int(tokenLife.Seconds()),
		"ext_expires_in": int(tokenLife.Seconds()), "access_token": token, "refresh_token": "refresh-" + user, "id_token": token, "client_info": info,
	})
}

// mint makes a token that reads like one of Entra's. It is signed by nobody, and says which
// claims it was got with.
func (w *World) mint(t *tenant, life time.Duration, claims string) string {
	now := w.clock.Now()
	part := func(v map[string]any) string {
		data, err := json.Marshal(v)
		if err != nil {
			return ""
		}
		return base64.RawURLEncoding.EncodeToString(data)
	}
	return part(map[string]any{"alg": "none", "typ": "JWT"}) + "." + part(map[string]any{
		"tid": t.id, "oid": w.user, "sub": w.user, "upn": userEmail, "preferred_username": userEmail, "name": "Alice Miller",
		"iss": "https://sts.windows.net/" + t.id + "/", "aud": "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
		"iat": now.Unix(), "nbf": now.Unix(), "exp": now.Add(life).Unix(), "shown": claims,
	}) + ".sandbox"
}

// HomeToken returns an Azure token of the home tenant that outlasts any demo.
func (w *World) HomeToken() string {
	const month = 30 * 24 * time.Hour
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.mint(w.tenants[0], month, "")
}

// GuestToken returns an Azure token of another tenant that the account is a guest
// in. The tenant is named by its domain or its id; one that is not in this world
// has no token, which is the empty text.
func (w *World) GuestToken(tenantName string) string {
	const month = 30 * 24 * time.Hour
	w.mu.Lock()
	defer w.mu.Unlock()
	t := w.tenant(tenantName)
	if t == nil {
		return ""
	}
	return w.mint(t, month, "")
}

// GuestTokens returns the tokens, by tenant id, of the tenants other than the home
// tenant that the account is signed in to from the beginning.
func (w *World) GuestTokens() map[string]string {
	labs := w.TenantID(LabsDomain)
	return map[string]string{labs: w.GuestToken(labs)}
}

// tokenTenant returns the tenant that a token is for. The demo's token and a
// token of a real tenant, such as the Azure CLI gives, are for the home tenant.
// An expired token is for none.
func (w *World) tokenTenant(token string) (*tenant, bool) {
	if token == Token {
		return w.tenants[0], true
	}
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return nil, false
	}
	var claims struct {
		TID string `json:"tid"`
		Exp int64  `json:"exp"`
	}
	data, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil || json.Unmarshal(data, &claims) != nil || claims.Exp < w.clock.Now().Unix() {
		return nil, false
	}
	if t := w.tenant(claims.TID); t != nil {
		return t, true
	}
	return w.tenants[0], true
}

func oauthError(status int, code, description string) reply {
	return reply{status: status, kind: jsonType, body: map[string]any{"error": code, "error_description": description}}
}
