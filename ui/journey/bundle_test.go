//go:build unix

package journey_test

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/services/sandbox"
)

const canary = "CANARYq7Z"

// canaries stands before a service of the simulated clouds and puts something secret
// wherever a service may put it.
func canaries(t *testing.T, to, token string) string {
	t.Helper()
	target, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			if r.In.Header.Get("Authorization") == "Bearer kpat_"+canary+"konnect" {
				r.Out.Header.Set("Authorization", "Bearer "+token)
			}
		},
		ModifyResponse: func(r *http.Response) error {
			r.Header.Add("Set-Cookie", "session="+canary+"cookie")
			r.Header.Set("X-Debug", canary+"header")
			r.Header.Set("WWW-Authenticate", `Bearer claims="`+canary+`claims"`)
			return nil
		},
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, "/users/me"):
			w.Header().Set("Content-Type", "application/problem+json")
			w.WriteHeader(http.StatusForbidden)
			_, _ = fmt.Fprintf(w, `{"status":403,"title":"Forbidden","detail":"Bearer %[1]stoken at https://u:%[1]spassword@x/?sig=%[1]ssig, enter %[1]sword","client_secret":"%[1]ssecret","tags":{"%[1]stag":"%[1]svalue"}}`, canary)
		case strings.HasSuffix(r.URL.Path, "/default-images"):
			w.WriteHeader(http.StatusTeapot)
		default:
			proxy.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// unpacked is everything in a bundle, by entry.
func unpacked(t *testing.T, path string) map[string]string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = z.Close() }()
	out := map[string]string{"comment": z.Comment}
	for _, f := range z.File {
		body, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(data)
	}
	return out
}

// A bundle holds no secret from whatever place, none of the names, and can be opened as
// what it was.
func TestBundle(t *testing.T) {
	t.Parallel()
	w, same := serve(t), func() *sandbox.World {
		s, err := sandbox.New(sandbox.Options{Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}()
	state := t.TempDir()
	journals := filepath.Join(state, "peerdeck", "setup")
	if err := os.MkdirAll(journals, 0o700); err != nil {
		t.Fatal(err)
	}
	line := fmt.Sprintf(`{"at":"2026-11-28T09:00:00Z","kind":"intent","step":"role","number":1,"method":"PUT","url":"https://management.azure.com/subscriptions/%[2]s?sig=%[1]surl","body":"{\"client_secret\":\"%[1]sbody\"}","error":"Bearer %[1]serror","text":"kpat_%[1]stext","name":"eu-prod"}`+"\n", canary, same.SubscriptionID("labs-sandbox"))
	if err := os.WriteFile(filepath.Join(journals, "20261128-090000-aa.jsonl"), []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	env := []string{
		"KONNECT_TOKEN=kpat_" + canary + "konnect", "PEERDECK_AZURE_TOKEN=" + w.Token, "PEERDECK_KONNECT_URL=" + canaries(t, w.Konnect, w.Token), "PEERDECK_ARM_URL=" + canaries(t, w.ARM, w.Token),
		"XDG_STATE_HOME=" + state, "AZURE_CLIENT_SECRET=" + canary + "environment", "MY_PASSWORD=" + canary + "other", "ALL_PROXY=socks5://bob:" + canary + "proxy@127.0.0.1:9", "NO_PROXY=127.0.0.1",
	}
	dir := t.TempDir()
	file, kept := filepath.Join(dir, "a.zip"), filepath.Join(dir, "kept.zip")
	out, errs, code := command(t, env, "bundle", "-o", file, "--yes")
	if code != 0 || strings.TrimSpace(out) != file || !strings.Contains(errs, "exchanges.jsonl") || !strings.Contains(errs, "in the place of names") || strings.Contains(errs, canary) {
		t.Fatalf("exit %d\n%s\n%s", code, out, errs)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v, %v", info, err)
	}
	if _, errs, code := command(t, env, "bundle", "-o", kept, "--yes", "--keep-names"); code != 0 {
		t.Fatalf("exit %d\n%s", code, errs)
	}
	entries := unpacked(t, file)
	for _, want := range []string{"manifest.json", "status.json", "findings.json", "exchanges.jsonl", "activity.jsonl", "signins.jsonl", "session.json", "journals/20261128-090000-aa.jsonl"} {
		if entries[want] == "" {
			t.Errorf("there is no %s", want)
		}
	}
	for name, text := range entries {
		for _, secret := range []string{
			canary, strings.ToLower(canary), "eu-prod", "hub-vnet", "vnet-hub", "rg-network", "acme", "10.20.0.4", "orders.internal", same.SubscriptionID("labs-sandbox"), same.TenantID(sandbox.LabsDomain), same.NetworkID("eu-prod"),
		} {
			if at := strings.Index(text, secret); at >= 0 {
				t.Errorf("%s holds %s: …%s…", name, secret, text[max(0, at-80):min(len(text), at+60)])
			}
		}
	}
	if all := unpacked(t, kept); !strings.Contains(all["exchanges.jsonl"], canary+"word") || !strings.Contains(all["exchanges.jsonl"], "eu-prod") {
		t.Error("nothing secret came by: this test does not see what it looks for")
	}
	for name, text := range unpacked(t, kept) {
		// Words and tags that are called like nothing secret are names, which were to stay.
		text = strings.NewReplacer(canary+"word", "", canary+"tag", "", canary+"value", "").Replace(text)
		if at := strings.Index(text, canary); at >= 0 {
			t.Errorf("with names kept, %s holds …%s…", name, text[max(0, at-80):min(len(text), at+60)])
		}
	}
	translated(t, env, file, entries)
	sameCodes(t, env, file, kept)
}

// translated looks whether the sender, and nobody else, can translate back.
func translated(t *testing.T, env []string, file string, entries map[string]string) {
	t.Helper()
	var status struct {
		Networks []struct {
			Name string `json:"name"`
		} `json:"networks"`
	}
	if err := json.Unmarshal([]byte(entries["status.json"]), &status); err != nil || len(status.Networks) != 15 {
		t.Fatal(err, len(status.Networks))
	}
	out, errs, code := command(t, env, "bundle", "names", file)
	if code != 0 || !strings.Contains(out, "  eu-prod\n") || !strings.Contains(out, status.Networks[0].Name) {
		t.Errorf("exit %d, %s\n%.600s", code, errs, out)
	}
	if out, errs, code := command(t, env, "bundle", "names", "is", status.Networks[0].Name, "ready?"); code != 0 || strings.Contains(out, status.Networks[0].Name) || !strings.HasPrefix(out, "is ") {
		t.Errorf("exit %d, %s\n%s", code, errs, out)
	}
	if _, errs, code := command(t, nil, "bundle", "names", file); code != 1 || !strings.Contains(errs, "only who has made a bundle") {
		t.Errorf("exit %d, %s", code, errs)
	}
	if out, errs, code := command(t, nil, "bundle", "show", file); code != 0 || !strings.Contains(out, "stand-ins") || !strings.Contains(out, "exchanges.jsonl") {
		t.Errorf("exit %d, %s\n%s", code, errs, out)
	}
}

// sameCodes looks whether what is opened is judged as it was, with stand-ins and without.
func sameCodes(t *testing.T, env []string, files ...string) {
	t.Helper()
	live, _, _ := command(t, env, "status", "-o", "json")
	want := codesOf(t, live)
	for _, file := range files {
		out, errs, _ := command(t, nil, "--replay", file, "status", "-o", "json")
		if got := codesOf(t, out); got != want {
			t.Errorf("%s says\n%s\nit was\n%s\n%s", file, got, want, errs)
		}
	}
}

type coded struct {
	Code string `json:"code"`
}

// codesOf counts the codes of the findings of a status.
func codesOf(t *testing.T, status string) string {
	t.Helper()
	var got struct {
		Networks []struct {
			Code     string  `json:"code"`
			Findings []coded `json:"findings"`
			Peerings []coded `json:"peerings"`
		} `json:"networks"`
	}
	if err := json.Unmarshal([]byte(status), &got); err != nil {
		t.Fatalf("%v: %s", err, status)
	}
	count := map[string]int{}
	for _, n := range got.Networks {
		count["network "+n.Code]++
		for _, f := range n.Findings {
			count["finding "+f.Code]++
		}
		for _, p := range n.Peerings {
			count["peering "+p.Code]++
		}
	}
	return fmt.Sprint(count)
}

// What cannot be made says why, and what to do.
func TestBundleThatCannotBe(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	there := filepath.Join(dir, "there.zip")
	if err := os.WriteFile(there, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"nobody to ask":     {[]string{"--demo", "bundle", "-o", filepath.Join(dir, "a.zip")}, "give --yes"},
		"a file is there":   {[]string{"--demo", "bundle", "--yes", "-o", there}, "Give another name"},
		"no such folder":    {[]string{"--demo", "bundle", "--yes", "-o", filepath.Join(dir, "none", "a.zip")}, "no such file or directory"},
		"of what is none":   {[]string{"bundle", "--yes", "--from", there, "-o", filepath.Join(dir, "b.zip")}, "it is no bundle of peerdeck"},
		"show what is none": {[]string{"bundle", "show", there}, "Name a file that peerdeck bundle"},
		"of a replay":       {[]string{"--replay", there, "bundle", "--yes"}, "peerdeck bundle --from"},
		"nothing to tell":   {[]string{"bundle", "names", "bakotirule"}, "only who has made a bundle"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out, errs, code := command(t, nil, c.args...)
			if code != 1 || out != "" || !strings.Contains(errs, c.says) {
				t.Errorf("exit %d, %s\n%s", code, out, errs)
			}
		})
	}
	if data, err := os.ReadFile(there); err != nil || string(data) != "mine" {
		t.Errorf("%s, %v", data, err)
	}
}
