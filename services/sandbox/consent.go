package sandbox

import (
	"html"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// kongAppName is what Kong's application is called in a directory.
const kongAppName = "kong-cgw-azure-vnet-peering-app"

// consent lets Kong's application into a tenant. One that is there stays as it is,
// also when it is disabled; a deleted one is not restored, there is a new one then,
// with an object id of its own.
func (w *World) consent(t *tenant, now time.Time) {
	if t.kong() != nil {
		return
	}
	t.principals = append(t.principals, &principal{
		objectID: w.id("principal", t.domain, strconv.Itoa(len(t.principals))), appID: kongAppID, name: kongAppName, visibleAt: now.Add(w.replication),
	})
}

// adminConsent is the page on which an administrator lets an application in. The
// real one asks who it is first; here the person of the demo is one. The button
// sends the form back to the same address.
func (w *World) adminConsent(r *http.Request, tenantName string) reply {
	t := w.tenant(tenantName)
	app := r.URL.Query().Get("client_id")
	switch {
	case t == nil:
		return consentPage(http.StatusBadRequest, "Sign-in error", "AADSTS90002: Tenant '"+tenantName+"' not found. Check that you have the correct tenant ID.", false)
	case app == "":
		return consentPage(http.StatusBadRequest, "Sign-in error", "AADSTS900144: The request must contain the following parameter: 'client_id'.", false)
	case !strings.EqualFold(app, kongAppID):
		return consentPage(http.StatusBadRequest, "Sign-in error", "AADSTS700016: Application with identifier '"+app+"' was not found in the directory '"+t.name+"'.", false)
	case r.Method == http.MethodPost:
		w.consent(t, w.clock.Now())
		return consentPage(http.StatusOK, "Permissions granted", kongAppName+" is now in "+t.name+" ("+t.domain+"). You can close this page.", false)
	default:
		return consentPage(http.StatusOK, "Permissions requested", kongAppName+" asks to be let into "+t.name+" ("+t.domain+"). This is the sandbox: nothing outside this program changes.", true)
	}
}

func consentPage(status int, title, text string, ask bool) reply {
	form := ""
	if ask {
		form = `<form method="post"><button type="submit">Accept</button></form>`
	}
	return reply{status: status, kind: "text/html; charset=utf-8", body: "<!doctype html><html><head><title>" + html.EscapeString(title) +
		"</title></head><body><h1>" + html.EscapeString(title) + "</h1><p>" + html.EscapeString(text) + "</p>" + form + "</body></html>"}
}
