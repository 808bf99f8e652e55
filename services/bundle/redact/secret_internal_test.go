package redact

import (
	"strings"
	"testing"
)

const canary = "Zq7Canary9xWv"

// Wherever a token stands in a text, it goes; also where names are kept.
func TestSecretsInTexts(t *testing.T) {
	t.Parallel()
	jwt := "eyJ0eXAiOiJKV1Qi" + canary + ".eyJhdWQiOiJodHRwczovL2dyYXBo." + canary
	for _, text := range []string{
		"the token " + jwt + " is refused",
		"kpat_" + canary, "spat_" + canary, "Konnect refused kpat_" + canary + ".",
		"Authorization: Bearer " + canary + "123456", "authorization=Basic " + canary + "==",
		"Cookie: session=" + canary + "; other=" + canary, "Set-Cookie: x=" + canary,
		"https://bob:" + canary + "@proxy.example:8080/", "socks5://bob:" + canary + "@10.0.0.1:9",
		"https://x.example/p?code=" + canary + "&state=1", "GET /a?sig=" + canary + "&sv=2020", "https://x.example/?access_token=" + canary,
		"client_secret=" + canary, `{"client_secret":"` + canary + `"`, "password: " + canary, "PEERDECK_AZURE_TOKEN=" + canary, "AZURE_CLIENT_SECRET='" + canary + "'",
		"DefaultEndpointsProtocol=https;AccountName=x;AccountKey=" + canary + "==;EndpointSuffix=core.windows.net",
		"az login --claims-challenge \"" + canary + "\"", "az login --password " + canary, "--federated-token=" + canary,
		"-----BEGIN PRIVATE KEY-----\n" + canary + "\n-----END PRIVATE KEY-----",
		"this program knows " + "Known!" + canary + " already",
	} {
		for _, keep := range []bool{false, true} {
			r := New(Options{Key: Key{1}, KeepNames: keep, Secrets: []string{"Known!" + canary}})
			for name, got := range map[string]string{"text": r.Text(text), "name": r.Name(text), "path": r.Path(text), "domain": r.Domain(text), "enum": r.enum(text)} {
				if strings.Contains(got, canary) {
					t.Errorf("as a %s, names kept %v: %s became %s", name, keep, text, got)
				}
			}
		}
	}
	r := New(Options{Key: Key{1}, KeepNames: true})
	if got := r.Text("enter the code ABCD-EFGH9 to sign in"); strings.Contains(got, "ABCD") {
		t.Error(got)
	}
	if got := r.Text("a refresh token 0.AXoAbCd3Fg7HiJkLmN0pQr5tUvWxYz1a2B3c4D5e6F7 ended"); strings.Contains(got, "AXoAbC") {
		t.Error(got)
	}
	// A mark of a page stays one and the same.
	link, path := r.Path("/x?$skiptoken=aB3dE6gH9jK2mN5pQ8sT1vW4yZ7&a=1"), r.Name("https://management.azure.com/x?$skiptoken=aB3dE6gH9jK2mN5pQ8sT1vW4yZ7&a=1")
	if !strings.HasSuffix(path, link) || strings.Contains(link, "aB3dE6") || strings.Contains(link, Mask) {
		t.Errorf("%s, %s", link, path)
	}
}

// What is no secret stays where names are kept, to the letter.
func TestWhatIsNoSecret(t *testing.T) {
	t.Parallel()
	r := New(Options{KeepNames: true})
	for _, text := range []string{
		"az ended with the exit code: 3", "the sign-in was refused with code NXDOMAIN", "Konnect token: refused", "basic authentication is wanted",
		"/subscriptions/2f9c3f0e-3b1d-4a55-9a27-1f6a7b0c9d11/resourceGroups/RG-Network-01/providers/Microsoft.Network/virtualNetworks/VNet-Hub-West-01",
		"MC_rg-Prod-West_aks-Cluster-01_westeurope", "AuthorizationFailed: token expired", "code=AuthorizationFailed",
	} {
		if got := r.Text(text); got != text {
			t.Errorf("%s became %s", text, got)
		}
	}
}

// What the environment calls a secret is known for one, and where a secret is kept is not.
func TestSecretsOfTheEnvironment(t *testing.T) {
	t.Parallel()
	got := SecretsOf([]string{
		"KONNECT_TOKEN=one-1", "KONNECT_TOKEN_FILE=/home/x/token", "AZURE_CLIENT_SECRET= two-2 ", "HTTPS_PROXY=http://bob:three-3@proxy:8080", "PATH=/bin",
		"PEERDECK_AZURE_TOKEN=2f9c3f0e-3b1d-4a55-9a27-1f6a7b0c9d11=four-4,five-5", "AZURE_PASSWORD=", "TERM=xterm", "AZURE_FEDERATED_TOKEN_FILE=/var/run/token",
	})
	all := " " + strings.Join(got, " ") + " "
	for _, want := range []string{" one-1 ", " two-2 ", " three-3 ", " four-4 "} {
		if !strings.Contains(all, want) {
			t.Errorf("%s is missing of %q", want, got)
		}
	}
	for _, not := range []string{"/home", "/var/run", "/bin", "xterm"} {
		if strings.Contains(all, not) {
			t.Errorf("%s is no secret: %q", not, got)
		}
	}
}
