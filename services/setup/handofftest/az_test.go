// Package handofftest_test runs what the hand-off of model/setup/handoff writes: its
// script and its commands against the simulated clouds, and beside the engine, whose
// work they must do.
package handofftest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jmespath/go-jmespath"
)

// The test program is also a stand-in for the Azure CLI: started under the name az,
// it executes the commands that the script uses, with the requests that the real one
// sends. Each command line is added to the file that AZ_LOG names.
func TestMain(m *testing.M) {
	if strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe") != "az" {
		os.Exit(m.Run()) //nolint:forbidigo // as TestMain must
	}
	a := azure{base: os.Getenv("AZ_ARM"), graph: os.Getenv("AZ_GRAPH"), token: os.Getenv("AZ_TOKEN"), state: os.Getenv("AZ_STATE")}
	if err := a.run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "ERROR: "+err.Error())
		os.Exit(1) //nolint:forbidigo // as a command must
	}
	os.Exit(0) //nolint:forbidigo // as a command must
}

// azure is one command of the stand-in.
type azure struct {
	base, graph string
	token       string
	state       string // file with the id of the selected subscription
	flags       map[string]string
}

func (a *azure) run(args []string) error {
	words := []string{}
	for len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		words, args = append(words, args[0]), args[1:]
	}
	if err := note(append(slices.Clone(words), args...)); err != nil {
		return err
	}
	a.flags = map[string]string{}
	switches := []string{"--only-show-errors", "--include-inherited"}
	for len(args) > 0 {
		name := args[0]
		args = args[1:]
		if slices.Contains(switches, name) {
			a.flags[name] = "true"
			continue
		}
		if !strings.HasPrefix(name, "--") || len(args) == 0 {
			return fmt.Errorf("unrecognized arguments: %s", name)
		}
		value := args[0]
		args = args[1:]
		if path, isFile := strings.CutPrefix(value, "@"); isFile {
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			value = string(data)
		}
		a.flags[name] = value
	}
	commands := map[string]func() (any, error){
		"account show": a.accountShow, "account list": a.accountList, "account set": a.accountSet, "login": a.accountList,
		"ad sp list": a.spList, "ad sp create": a.spCreate,
		"role definition list": a.definitionList, "role definition create": a.definitionCreate, "role definition update": a.definitionUpdate,
		"role assignment list": a.assignmentList, "role assignment create": a.assignmentCreate,
		"rest": a.rest,
	}
	command := commands[strings.Join(words, " ")]
	if command == nil {
		return fmt.Errorf("'%s' is misspelled or not recognized by the system", strings.Join(words, " "))
	}
	result, err := command()
	if err != nil {
		return err
	}
	return a.print(result)
}

// note adds a command line to the log: JSON, one line each.
func note(args []string) error {
	path := os.Getenv("AZ_LOG")
	if path == "" {
		return nil
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	line, err := json.Marshal(args)
	if err != nil {
		return err
	}
	_, err = f.Write(append(line, '\n'))
	return joinClose(err, f)
}

func joinClose(err error, f *os.File) error {
	if cerr := f.Close(); err == nil {
		return cerr
	}
	return err
}

// print applies --query and writes in the form of --output.
func (a *azure) print(result any) error {
	if q, ok := a.flags["--query"]; ok {
		var err error
		if result, err = jmespath.Search(q, result); err != nil {
			return fmt.Errorf("argument --query: invalid jmespath_type value: %w", err)
		}
	}
	switch a.flags["--output"] {
	case "none":
	case "tsv":
		if result == nil {
			return nil
		}
		rows, ok := result.([]any)
		if !ok {
			rows = []any{result}
		}
		for _, row := range rows {
			_, _ = fmt.Fprintln(os.Stdout, cellsOf(row))
		}
	default:
		data, err := json.MarshalIndent(result, "", "  ")
		if err != nil {
			return err
		}
		_, _ = fmt.Fprintln(os.Stdout, string(data))
	}
	return nil
}

func cellsOf(row any) string {
	switch v := row.(type) {
	case nil:
		return "None"
	case []any:
		var out []string
		for _, c := range v {
			out = append(out, cellsOf(c))
		}
		return strings.Join(out, "\t")
	default:
		return fmt.Sprint(v)
	}
}

// send makes a request and decodes the answer. A refusal reads as az prints it.
func (a *azure) send(method, address string, body any) (map[string]any, error) {
	var in io.Reader
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		in = bytes.NewReader(data)
	}
	r, err := http.NewRequest(method, address, in)
	if err != nil {
		return nil, err
	}
	if a.token != "" {
		r.Header.Set("Authorization", "Bearer "+a.token)
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r) //nolint:forbidigo // az has a client of its own
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	var got map[string]any
	if err := json.NewDecoder(answer.Body).Decode(&got); err != nil {
		return nil, fmt.Errorf("status %d: %w", answer.StatusCode, err)
	}
	if answer.StatusCode >= http.StatusBadRequest {
		e, _ := got["error"].(map[string]any)
		return nil, fmt.Errorf("(%v) %v", e["code"], e["message"])
	}
	return got, nil
}

func list(got map[string]any, err error) ([]any, error) {
	if err != nil {
		return nil, err
	}
	value, ok := got["value"].([]any)
	if !ok {
		return nil, fmt.Errorf("the answer has no list: %v", got)
	}
	return value, nil
}

// flat takes an object's properties out of their group, as the CLI's models do.
func flat(v any) map[string]any {
	out := map[string]any{}
	from := v.(map[string]any)
	for k, v := range from {
		if k != "properties" {
			out[k] = v
		}
	}
	if p, ok := from["properties"].(map[string]any); ok {
		for k, v := range p {
			if k == "type" {
				k = "roleType"
			}
			out[k] = v
		}
	}
	return out
}

func (a *azure) accountList() (any, error) {
	subscriptions, err := list(a.send("GET", a.base+"/subscriptions?api-version=2022-12-01", nil))
	if err != nil {
		return nil, err
	}
	var out []any
	for _, s := range subscriptions {
		s := s.(map[string]any)
		out = append(out, map[string]any{"id": s["subscriptionId"], "name": s["displayName"], "tenantId": s["tenantId"], "state": s["state"]})
	}
	return out, nil
}

func (a *azure) accountShow() (any, error) {
	want := a.flags["--subscription"]
	if want == "" {
		selected, err := os.ReadFile(a.state)
		if err != nil {
			return nil, errors.New("Please run 'az login' to setup account.") //nolint:revive // the words of az
		}
		want = string(selected)
	}
	all, err := a.accountList()
	if err != nil {
		return nil, err
	}
	for _, s := range all.([]any) {
		if s := s.(map[string]any); strings.EqualFold(s["id"].(string), want) {
			return s, nil
		}
	}
	return nil, fmt.Errorf("The subscription of '%s' doesn't exist in cloud 'AzureCloud'.", want) //nolint:revive // the words of az
}

func (a *azure) accountSet() (any, error) {
	s, err := a.accountShow()
	if err != nil {
		return nil, err
	}
	return nil, os.WriteFile(a.state, []byte(s.(map[string]any)["id"].(string)), 0o600)
}

func (a *azure) spList() (any, error) {
	return list(a.send("GET", a.graph+"/v1.0/servicePrincipals?$filter="+url.QueryEscape(a.flags["--filter"]), nil))
}

func (a *azure) spCreate() (any, error) {
	return a.send("POST", a.graph+"/v1.0/servicePrincipals", map[string]any{"appId": a.flags["--id"], "accountEnabled": true})
}

const (
	definitions = "/providers/Microsoft.Authorization/roleDefinitions"
	assignments = "/providers/Microsoft.Authorization/roleAssignments"
	roleAPI     = "api-version=2022-04-01"
)

// definitionList takes all that the scope has and filters here, as az does.
func (a *azure) definitionList() (any, error) {
	all, err := list(a.send("GET", a.base+a.flags["--scope"]+definitions+"?"+roleAPI, nil))
	if err != nil {
		return nil, err
	}
	out := []any{}
	for _, d := range all {
		d := flat(d)
		if name := a.flags["--name"]; name != "" && d["name"] != name && d["roleName"] != name {
			continue
		}
		if a.flags["--custom-role-only"] == "true" && d["roleType"] != "CustomRole" {
			continue
		}
		out = append(out, d)
	}
	return out, nil
}

func (a *azure) definitionCreate() (any, error) {
	d, err := a.definition()
	if err != nil {
		return nil, err
	}
	return a.putDefinition(uuid.NewString(), d["name"], d)
}

func (a *azure) definitionUpdate() (any, error) {
	d, err := a.definition()
	if err != nil {
		return nil, err
	}
	id := fmt.Sprint(d["id"])
	return a.putDefinition(id[strings.LastIndexByte(id, '/')+1:], d["roleName"], d)
}

// definition reads --role-definition; the first letter of a key may be large.
func (a *azure) definition() (map[string]any, error) {
	var given map[string]any
	if err := json.Unmarshal([]byte(a.flags["--role-definition"]), &given); err != nil {
		return nil, fmt.Errorf("Invalid role definition: %w", err)
	}
	d := map[string]any{}
	for k, v := range given {
		d[strings.ToLower(k[:1])+k[1:]] = v
	}
	return d, nil
}

func (a *azure) putDefinition(guid string, name any, d map[string]any) (any, error) {
	permissions, has := d["permissions"].([]any)
	if !has {
		permissions = []any{d}
	}
	var sets []any
	for _, p := range permissions {
		set := map[string]any{}
		for _, k := range []string{"actions", "notActions", "dataActions", "notDataActions"} {
			if v, ok := p.(map[string]any)[k]; ok && v != nil {
				set[k] = v
			}
		}
		sets = append(sets, set)
	}
	scope := d["assignableScopes"].([]any)[0].(string)
	got, err := a.send("PUT", a.base+scope+definitions+"/"+guid+"?"+roleAPI, map[string]any{"properties": map[string]any{
		"roleName": name, "description": d["description"], "type": "CustomRole", "permissions": sets, "assignableScopes": d["assignableScopes"],
	}})
	if err != nil {
		return nil, err
	}
	return flat(got), nil
}

// assignmentList asks for what is at the scope and above, and filters here.
func (a *azure) assignmentList() (any, error) {
	scope := a.flags["--scope"]
	all, err := list(a.send("GET", a.base+scope+assignments+"?$filter=atScope()&"+roleAPI, nil))
	if err != nil {
		return nil, err
	}
	out := []any{}
	for _, s := range all {
		s := flat(s)
		at := strings.ToLower(fmt.Sprint(s["scope"]))
		if at == strings.ToLower(scope) || a.flags["--include-inherited"] != "" && strings.HasPrefix(strings.ToLower(scope), at) {
			out = append(out, s)
		}
	}
	return out, nil
}

func (a *azure) assignmentCreate() (any, error) {
	role := a.flags["--role"]
	if !strings.Contains(role, definitions+"/") {
		found, err := list(a.send("GET", a.base+a.flags["--scope"]+definitions+"?$filter="+url.QueryEscape("roleName eq '"+role+"'")+"&"+roleAPI, nil))
		if err != nil {
			return nil, err
		}
		if len(found) != 1 {
			return nil, fmt.Errorf("Role '%s' doesn't exist.", role) //nolint:revive // the words of az
		}
		role = found[0].(map[string]any)["id"].(string)
	}
	got, err := a.send("PUT", a.base+a.flags["--scope"]+assignments+"/"+uuid.NewString()+"?"+roleAPI, map[string]any{"properties": map[string]any{
		"roleDefinitionId": role, "principalId": a.flags["--assignee-object-id"], "principalType": a.flags["--assignee-principal-type"],
	}})
	if err != nil && strings.Contains(err.Error(), "role assignment already exists") {
		return a.assignmentList()
	}
	if err != nil {
		return nil, err
	}
	return flat(got), nil
}

// rest sends a request as it is given. The token goes with it when the address is
// one of the cloud's own, or when --resource says whose it is; otherwise az warns and
// asks without one.
func (a *azure) rest() (any, error) {
	for name := range a.flags {
		if !slices.Contains([]string{"--method", "--url", "--resource", "--body"}, name) {
			return nil, fmt.Errorf("unrecognized arguments: %s", name)
		}
	}
	address := a.flags["--url"]
	if !strings.HasPrefix(address, a.base+"/") && a.flags["--resource"] != "https://graph.microsoft.com" {
		_, _ = fmt.Fprintln(os.Stderr, "WARNING: Can't derive appropriate Azure AD resource from --url to acquire access token.")
		a.token = ""
	}
	var body any
	if given, has := a.flags["--body"]; has {
		body = json.RawMessage(given)
	}
	return a.send(strings.ToUpper(a.flags["--method"]), address, body)
}
