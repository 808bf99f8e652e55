package authorization_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure/authorization"
	"github.com/peerdeck/peerdeck/services/cloud/rest/resttest"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	subscription = "/subscriptions/22222222-2222-4222-8222-222222222222"
	group        = subscription + "/resourceGroups/rg (network)"
	vnet         = group + "/providers/Microsoft.Network/virtualNetworks/vnet-hub"
	provider     = "/providers/Microsoft.Authorization/"
	guid         = "5b0c8a51-4c4e-5d6f-8a1b-0f3d2c1b4a59"
	roleID       = subscription + provider + "roleDefinitions/" + guid
	assignmentID = vnet + provider + "roleAssignments/" + guid
	principal    = "33333333-3333-4333-8333-333333333333"

	roleJSON = `{"id":"` + roleID + `","type":"Microsoft.Authorization/roleDefinitions","name":"` + guid + `","properties":{
		"roleName":"Kong's \u001b[2J role","type":"CustomRole","description":"What somebody wrote.",
		"assignableScopes":["` + subscription + `"],"permissions":[{"actions":["a/read"],"notActions":["b/write"],"dataActions":["c/read"],"notDataActions":["d/read"]},{"actions":["e/*"],"notActions":[]}],
		"createdOn":"2026-01-01T00:00:00Z"}}`
	assignmentJSON = `{"id":"` + assignmentID + `","name":"` + guid + `","properties":{"roleDefinitionId":"` + roleID + `","principalId":"` + principal + `",
		"principalType":"ServicePrincipal","scope":"` + vnet + `","condition":"@x"}}`
)

func tenant() safe.Text { return safe.New("11111111-1111-4111-8111-111111111111") }

func text(s string) safe.Text { return safe.New(s) }

// written is every write of the client and how it is sent.
type written struct {
	make   func(c *authorization.Client) model.Write
	send   func(ctx context.Context, c *authorization.Client, w model.Write) error
	method string
	path   string
	body   string
	answer string
}

func writes() map[string]written {
	role := model.RoleDefinition{
		Name: text(guid), RoleName: text("Kong's <role>"), Description: text("What somebody wrote."),
		AssignableScopes: []safe.Text{text(subscription), text("/subscriptions/other")},
		Permissions: []model.PermissionSet{
			{Actions: []safe.Text{text("a/read")}, NotActions: []safe.Text{text("b/write")}, DataActions: []safe.Text{text("c/read")}, NotDataActions: []safe.Text{text("d/read")}},
			{Actions: []safe.Text{text("e/*")}},
		},
	}
	assignment := model.RoleAssignment{Name: text(guid), Scope: text(vnet), RoleDefinitionID: text(roleID), PrincipalID: text(principal)}
	return map[string]written{
		"role": {
			func(c *authorization.Client) model.Write { return c.PutRoleWrite(text(subscription), role) },
			func(ctx context.Context, c *authorization.Client, w model.Write) error {
				_, err := c.PutRole(ctx, tenant(), w)
				return err
			},
			"PUT", roleID,
			`{"properties":{"roleName":"Kong's <role>","type":"CustomRole","description":"What somebody wrote.","permissions":[{"actions":["a/read"],"notActions":["b/write"],"dataActions":["c/read"],"notDataActions":["d/read"]},{"actions":["e/*"]}],"assignableScopes":["` + subscription + `","/subscriptions/other"]}}`,
			roleJSON,
		},
		"assignment": {
			func(c *authorization.Client) model.Write { return c.PutAssignmentWrite(assignment) },
			func(ctx context.Context, c *authorization.Client, w model.Write) error {
				_, err := c.PutAssignment(ctx, tenant(), w)
				return err
			},
			"PUT", strings.Replace(assignmentID, "rg (network)", "rg%20%28network%29", 1),
			`{"properties":{"roleDefinitionId":"` + roleID + `","principalId":"` + principal + `","principalType":"ServicePrincipal"}}`,
			assignmentJSON,
		},
		"no role": {
			func(c *authorization.Client) model.Write { return c.DeleteRoleWrite(text(roleID)) },
			func(ctx context.Context, c *authorization.Client, w model.Write) error {
				return c.DeleteRole(ctx, tenant(), w)
			},
			"DELETE", roleID, "", roleJSON,
		},
		"no assignment": {
			func(c *authorization.Client) model.Write { return c.DeleteAssignmentWrite(text(assignmentID)) },
			func(ctx context.Context, c *authorization.Client, w model.Write) error {
				return c.DeleteAssignment(ctx, tenant(), w)
			},
			"DELETE", strings.Replace(assignmentID, "rg (network)", "rg%20%28network%29", 1), "", "",
		},
	}
}

func TestWhatIsShownIsWhatIsSent(t *testing.T) {
	t.Parallel()
	for name, c := range writes() {
		for _, status := range []int{200, 201, 204} {
			answer := c.answer
			if status == 204 {
				answer = ""
			}
			l := resttest.Always(t, status, answer)
			client := authorization.New(l.Options())
			w := c.make(client)
			// An answer without a body is a success of a deletion only.
			if err := c.send(t.Context(), client, w); (err == nil) != (status != 204 || c.body == "") {
				t.Errorf("%s, %d: %v", name, status, err)
			}
			l.IsWhatWasShown(t, w)
			if w.Method != c.method || w.URL.Raw() != l.URL+strings.ReplaceAll(c.path, "(network)", "%28network%29")+"?api-version=2022-04-01" || w.Service != model.WriteARM || w.Makes == "" || w.Kind == "" {
				t.Errorf("%s: %s %s\nwant %s", name, w.Method, w.URL.Raw(), c.path)
			}
			var sent, want any
			if c.body != "" && (json.Unmarshal([]byte(w.Body.Raw()), &sent) != nil || json.Unmarshal([]byte(c.body), &want) != nil || !reflect.DeepEqual(sent, want)) {
				t.Errorf("%s: the body is %s", name, w.Body.Raw())
			}
		}
	}
}

// A role that is read and written again loses nothing, whatever of it peerdeck
// knows.
func TestARoleIsWrittenWhole(t *testing.T) {
	t.Parallel()
	l := resttest.Always(t, 200, roleJSON)
	client := authorization.New(l.Options())
	d, err := client.RoleDefinition(t.Context(), tenant(), text(roleID))
	if err != nil {
		t.Fatal(err)
	}
	if d.Name.Raw() != guid || d.Type.Raw() != "CustomRole" || len(d.Permissions) != 2 || strings.Contains(d.RoleName.String(), "\x1b") {
		t.Errorf("got %+v", d)
	}
	var before, after struct {
		Properties map[string]any `json:"properties"`
	}
	w := client.PutRoleWrite(text(subscription), d)
	if json.Unmarshal([]byte(roleJSON), &before) != nil || json.Unmarshal([]byte(w.Body.Raw()), &after) != nil {
		t.Fatal(w.Body.Raw())
	}
	delete(before.Properties, "createdOn") // Azure's own
	delete(before.Properties["permissions"].([]any)[1].(map[string]any), "notActions")
	if !reflect.DeepEqual(before, after) {
		t.Errorf("read %v, written %v", before, after)
	}
}

// The SDK encodes the filter of roles and pastes that of assignments as it is.
func TestFilters(t *testing.T) {
	t.Parallel()
	var paths []string
	var queries []url.Values
	l := resttest.Listen(t, func(r *http.Request) resttest.Answer {
		paths, queries = append(paths, r.URL.Path), append(queries, r.URL.Query())
		if strings.Contains(r.URL.Path, "roleDefinitions") {
			return resttest.Answer{Status: 200, Body: `{"value":[` + strings.ReplaceAll(roleJSON, `\u001b[2J`, "") + `,` + roleJSON + `,null]}`}
		}
		return resttest.Answer{Status: 200, Body: `{"value":[` + assignmentJSON + `]}`}
	})
	client := authorization.New(l.Options())
	roles, err := client.RoleDefinitions(t.Context(), tenant(), text(vnet), text("kong's  role"))
	if err != nil || len(roles) != 1 || roles[0].RoleName.Raw() != "Kong's  role" {
		t.Errorf("%+v, %v", roles, err)
	}
	for _, who := range []string{principal, "", "o'x & $y=z"} {
		if found, err := client.Assignments(t.Context(), tenant(), text(vnet), text(who)); err != nil || len(found) != 1 || found[0].PrincipalType.Raw() != "ServicePrincipal" || found[0].Condition.Raw() != "@x" {
			t.Errorf("%+v, %v", found, err)
		}
	}
	for i, want := range []string{"roleName eq 'kong''s  role'", "principalId eq '" + principal + "'", "", "principalId eq 'o''x & $y=z'"} {
		if got := queries[i].Get("$filter"); got != want || queries[i].Get("api-version") != "2022-04-01" || !strings.HasPrefix(paths[i], vnet+provider) {
			t.Errorf("%d: %q, %v at %s", i, got, queries[i], paths[i])
		}
	}
}

func TestPermissions(t *testing.T) {
	t.Parallel()
	for _, scope := range []string{subscription, group, vnet, vnet + "/"} {
		var l *resttest.Listener
		l = resttest.Listen(t, func(r *http.Request) resttest.Answer {
			if r.URL.Path != strings.TrimSuffix(scope, "/")+provider+"permissions" {
				return resttest.Answer{Status: 404, Body: `{"error":{"code":"NotFound","message":"no"}}`}
			}
			if r.URL.Query().Get("page") == "" {
				return resttest.Answer{Status: 200, Body: `{"value":[{"actions":["*"],"notActions":["Microsoft.Authorization/*/Write"]}],"nextLink":"` + l.URL + r.URL.EscapedPath() + `?page=2"}`}
			}
			return resttest.Answer{Status: 200, Body: `{"value":[{"actions":["Microsoft.Authorization/roleAssignments/*"],"dataActions":["x/read"]}]}`}
		})
		sets, err := authorization.New(l.Options()).Permissions(t.Context(), tenant(), text(scope))
		if err != nil || len(sets) != 2 || !model.Allowed(sets, "Microsoft.Authorization/roleAssignments/write") || model.Allowed(sets, "Microsoft.Authorization/roleDefinitions/write") || len(sets[1].DataActions) != 1 {
			t.Errorf("%s: %+v, %v", scope, sets, err)
		}
	}
}

// reads is every read of the client.
func reads() map[string]func(ctx context.Context, c *authorization.Client) error {
	return map[string]func(ctx context.Context, c *authorization.Client) error{
		"roles": func(ctx context.Context, c *authorization.Client) error {
			_, err := c.RoleDefinitions(ctx, tenant(), text(subscription), text("r"))
			return err
		},
		"role": func(ctx context.Context, c *authorization.Client) error {
			_, err := c.RoleDefinition(ctx, tenant(), text(roleID))
			return err
		},
		"assignments": func(ctx context.Context, c *authorization.Client) error {
			_, err := c.Assignments(ctx, tenant(), text(vnet), text(principal))
			return err
		},
		"assignment": func(ctx context.Context, c *authorization.Client) error {
			_, err := c.Assignment(ctx, tenant(), text(assignmentID))
			return err
		},
		"permissions": func(ctx context.Context, c *authorization.Client) error {
			_, err := c.Permissions(ctx, tenant(), text(vnet))
			return err
		},
	}
}

// An answer that holds nothing of what was asked for is not "there is none".
func TestAnswersWithoutSense(t *testing.T) {
	t.Parallel()
	for _, body := range []string{"", "null", "{}", "<html>sign in</html>", `{"value":3}`, `{"value":null}`} {
		l := resttest.Always(t, 200, body)
		client := authorization.New(l.Options())
		for name, read := range reads() {
			if f, failed := model.AsFailure(read(t.Context(), client)); !failed || f.Kind != model.FailureContract || f.Operation == "" || f.Cure == "" {
				t.Errorf("%s, %q: %+v", name, body, f)
			}
		}
		for name, w := range writes() {
			if w.body == "" {
				continue
			}
			if f, failed := model.AsFailure(w.send(t.Context(), client, w.make(client))); !failed || f.Kind != model.FailureContract {
				t.Errorf("%s, %q: %+v", name, body, f)
			}
		}
	}
}

// A next page elsewhere, and a list without an end.
func TestPagesStayAtHome(t *testing.T) {
	t.Parallel()
	elsewhere := resttest.Always(t, 200, `{"value":[]}`)
	l := resttest.Always(t, 200, `{"value":[],"nextLink":"`+elsewhere.URL+`/x"}`)
	var round *resttest.Listener
	round = resttest.Listen(t, func(*http.Request) resttest.Answer {
		return resttest.Answer{Status: 200, Body: `{"value":[],"nextLink":"` + round.URL + `/again"}`}
	})
	for _, name := range []string{"roles", "assignments", "permissions"} {
		for _, at := range []*resttest.Listener{l, round} {
			if f, failed := model.AsFailure(reads()[name](t.Context(), authorization.New(at.Options()))); !failed || f.Kind != model.FailureContract {
				t.Errorf("%s: %+v", name, f)
			}
		}
	}
	if n := len(elsewhere.Arrived()); n != 0 {
		t.Errorf("%d requests went elsewhere, with the token", n)
	}
}

func TestWritesStayAtHome(t *testing.T) {
	t.Parallel()
	elsewhere := resttest.Always(t, 200, roleJSON)
	l := resttest.Always(t, 200, roleJSON)
	client := authorization.New(l.Options())
	good := client.DeleteRoleWrite(text(roleID))
	for name, edit := range map[string]func(w *model.Write){
		"host":    func(w *model.Write) { w.URL = text(elsewhere.URL + roleID) },
		"user":    func(w *model.Write) { w.URL = text(strings.Replace(l.URL, "http://", "http://u:p@", 1)) },
		"scheme":  func(w *model.Write) { w.URL = text(strings.Replace(w.URL.Raw(), "http:", "https:", 1)) },
		"service": func(w *model.Write) { w.Service = model.WriteGraph },
	} {
		w := good
		edit(&w)
		if f, failed := model.AsFailure(client.DeleteRole(t.Context(), tenant(), w)); !failed || f.Kind != model.FailureContract || f.Cure == "" {
			t.Errorf("%s: %+v", name, f)
		}
	}
	if len(l.Arrived())+len(elsewhere.Arrived()) != 0 {
		t.Error("it was sent")
	}
}

func problem(code, message string) string {
	body, _ := json.Marshal(map[string]any{"error": map[string]string{"code": code, "message": message}})
	return string(body)
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	const notAllowed = "The client 'x' with object id 'y' does not have authorization "
	for name, c := range map[string]struct {
		on      string // a write
		status  int
		code    string
		message string
		kind    model.FailureKind
		again   bool
		says    string
		cure    string
	}{
		"may not make":      {"role", 403, "AuthorizationFailed", notAllowed + "to perform it.", model.FailurePermission, false, "you may not do this on the subscription 2222", "Owner or User Access Administrator"},
		"may not assign":    {"assignment", 403, "AuthorizationFailed", notAllowed + "to perform it.", model.FailurePermission, false, "on vnet-hub", "Role Based Access Control Administrator"},
		"not activated":     {"assignment", 403, "AuthorizationFailed", notAllowed, model.FailurePermission, false, "", "Privileged Identity Management"},
		"a condition":       {"assignment", 403, "AuthorizationFailed", notAllowed + "or an ABAC condition not fulfilled to perform it.", model.FailurePermission, false, "or a condition on your own role", "given with a condition"},
		"another scope":     {"role", 403, "LinkedAuthorizationFailed", "The client has permission on scope '/a'; however, it does not have permission on the linked scope(s) '/subscriptions/other' or they are invalid.", model.FailurePermission, false, "not in /subscriptions/other", "another role name"},
		"scopes not quoted": {"role", 403, "LinkedAuthorizationFailed", "Something else.", model.FailurePermission, false, "Something else", "every subscription"},
		"name taken":        {"role", 409, "RoleDefinitionWithSameNameExists", "A role definition with the same name exists.", model.FailureConflict, false, "another role of this name", "unique in a tenant"},
		"too many roles":    {"role", 400, "RoleDefinitionLimitExceeded", "Too many.", model.FailureInvalid, false, "Too many", "5000"},
		"too many given":    {"assignment", 400, "RoleAssignmentLimitExceeded", "Too many.", model.FailureInvalid, false, "Too many", "4000"},
		"there already":     {"assignment", 409, "RoleAssignmentExists", "The role assignment already exists.", model.FailureConflict, false, "already exists", "nothing is to be done"},
		"another content":   {"assignment", 400, "RoleAssignmentUpdateNotPermitted", "Not permitted.", model.FailureConflict, false, "Not permitted", "who made it"},
		"still given":       {"no role", 400, "RoleDefinitionHasAssignments", "There are assignments.", model.FailureConflict, false, "assignments", "last assignment"},
		"no principal yet":  {"assignment", 400, "PrincipalNotFound", "Principal x does not exist.", model.FailureNotFound, true, "or not yet", "object id"},
		"no role yet":       {"assignment", 404, "RoleDefinitionDoesNotExist", "The role does not exist.", model.FailureNotFound, true, "or not yet", "minutes"},
		"another tenant":    {"role", 401, "InvalidAuthenticationTokenTenant", "Wrong issuer.", model.FailureAuth, false, "another tenant", "az login --tenant"},
		"refused sign-in":   {"role", 401, "InvalidAuthenticationToken", "Bad.", model.FailureAuth, false, "refuses the sign-in", "az login"},
		"no subscription":   {"role", 400, "MissingSubscription", "The request has no subscription.", model.FailureInvalid, false, "no subscription", "subscription id"},
		"hidden":            {"no role", 404, "SubscriptionNotFound", "The subscription could not be found.", model.FailureNotFound, false, "knows no subscription 2222", "tenant"},
		"locked":            {"no assignment", 409, "ScopeLocked", "The scope '/x' cannot perform delete because it is locked.", model.FailureConflict, false, "locked", "lock"},
		"disabled":          {"role", 409, "ReadOnlyDisabledSubscription", "Disabled.", model.FailureConflict, false, "can be read and not changed", "enable"},
		"policy":            {"role", 403, "RequestDisallowedByPolicy", "Resource was disallowed by policy.", model.FailurePermission, false, "disallowed", "exemption"},
		"other conflict":    {"role", 409, "Conflict", "Somebody else.", model.FailureConflict, false, "Somebody else", "Look again"},
		"throttled":         {"role", 429, "TooManyRequests", "Slow down.", model.FailureThrottled, true, "Slow down", "ook again in"},
		"broken":            {"role", 503, "ServiceUnavailable", "Down.", model.FailureServer, true, "Down", "ook again in"},
		"not Azure":         {"no role", 404, "", "", model.FailureContract, false, "web page came in place of Azure", "web filter"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body := problem(c.code, c.message)
			if c.code == "" {
				body = "<html>"
			}
			l := resttest.Always(t, c.status, body)
			client := authorization.New(l.Options())
			w := writes()[c.on]
			f, failed := model.AsFailure(w.send(t.Context(), client, w.make(client)))
			if !failed || f.Kind != c.kind || f.Retryable != c.again || f.Code.Raw() != c.code || f.Status != c.status || (f.RequestID.Raw() != "request-7" && c.code != "") || f.Operation == "" || f.Subject.IsEmpty() {
				t.Errorf("got %+v", f)
			}
			if !strings.Contains(f.Cause.String(), c.says) || !strings.Contains(f.Cure, c.cure) {
				t.Errorf("says %q, cure %q", f.Cause, f.Cure)
			}
			if n := len(l.Arrived()); n != 1 {
				t.Errorf("sent %d times", n)
			}
		})
	}
}

// What is gone needs no deletion.
func TestDeletingWhatIsGone(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"RoleDefinitionDoesNotExist", "RoleAssignmentNotFound", "ResourceNotFound", "ResourceGroupNotFound"} {
		client := authorization.New(resttest.Always(t, 404, problem(code, "Gone.")).Options())
		for _, name := range []string{"no role", "no assignment"} {
			w := writes()[name]
			if err := w.send(t.Context(), client, w.make(client)); err != nil {
				t.Errorf("%s, %s: %v", name, code, err)
			}
		}
	}
}

// Reads of what may not be read name the role Reader, and are not retried by a
// client that was told so.
func TestReadsThatAreRefused(t *testing.T) {
	t.Parallel()
	for name, read := range reads() {
		l := resttest.Always(t, 403, problem("AuthorizationFailed", "No."))
		if f, failed := model.AsFailure(read(t.Context(), authorization.New(l.Options()))); !failed || f.Kind != model.FailurePermission || !strings.Contains(f.Cure, "Reader") {
			t.Errorf("%s: %+v", name, f)
		}
		broken := resttest.Always(t, 500, "")
		if err := read(t.Context(), authorization.New(broken.Options())); err == nil || len(broken.Arrived()) != 1 {
			t.Errorf("%s: %v, asked %d times", name, err, len(broken.Arrived()))
		}
		o := broken.Options()
		o.Retry = transport.Retry()
		if err := read(t.Context(), authorization.New(o)); err == nil || len(broken.Arrived()) != 3 {
			t.Errorf("%s: %v, asked %d times", name, err, len(broken.Arrived()))
		}
	}
}

// The ids that people type stay in their place.
func TestFault45HostileIDs(t *testing.T) {
	t.Parallel()
	l := resttest.Always(t, 204, "")
	client := authorization.New(l.Options())
	w := client.DeleteRoleWrite(text("/subscriptions/../../x?y#z\r\n$(q)/roles"))
	if err := client.DeleteRole(t.Context(), tenant(), w); err != nil {
		t.Fatal(err)
	}
	l.IsWhatWasShown(t, w)
	if got := l.Arrived()[0].URI; got != "/subscriptions/%2E%2E/%2E%2E/x%3Fy%23z%0D%0A$%28q%29/roles?api-version=2022-04-01" {
		t.Errorf("it went to %s", got)
	}
}

// Whatever Azure answers, every call ends with a value or with a failure that says
// something.
func FuzzAnswers(f *testing.F) {
	for _, s := range []string{"", roleJSON, assignmentJSON, `{"value":[` + roleJSON + `]}`, `{"value":[` + assignmentJSON + `]}`, `{"error":{"code":3}}`, `{"value":[{"actions":[null,1]}],"nextLink":"x"}`} {
		f.Add(s, 200)
		f.Add(s, 403)
	}
	f.Fuzz(func(t *testing.T, body string, status int) {
		if status < 200 || status > 599 {
			status = 200
		}
		client := authorization.New(resttest.Parrot(t, status, body))
		for name, read := range reads() {
			if err := read(t.Context(), client); err != nil && err.Error() == "" {
				t.Errorf("%s fails without a word", name)
			}
		}
		for name, w := range writes() {
			if err := w.send(t.Context(), client, w.make(client)); err != nil && err.Error() == "" {
				t.Errorf("%s fails without a word", name)
			}
		}
	})
}

// Reads may be tried again within a call; a write never is, whatever the client was
// told: nobody knows what became of the first.
func TestWritesAreSentOnce(t *testing.T) {
	t.Parallel()
	for name, w := range writes() {
		l := resttest.Always(t, 500, "")
		o := l.Options()
		o.Retry = transport.Retry()
		client := authorization.New(o)
		if err := w.send(t.Context(), client, w.make(client)); err == nil || len(l.Arrived()) != 1 {
			t.Errorf("%s: %v, sent %d times", name, err, len(l.Arrived()))
		}
	}
}
