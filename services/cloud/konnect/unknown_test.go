package konnect_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model/safe"
)

// What a newer Konnect adds to a resolver is kept through a change: it is sent back as
// it came, for the entry and for the configuration.
func TestUnknownMembersAreSentBack(t *testing.T) {
	t.Parallel()
	const id = "7f9fd312-a987-4628-b4c5-bb4f4fddd5f7"
	const answer = `{"id":"` + id + `","name":"corp","state":"ready","state_metadata":{},"entity_version":4,"created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z",
		"private_dns_attachment_config":{"kind":"azure-outbound-resolver","policy":{"mode":"first", "n":2},"dns_config":{
			"a.example.org":{"remote_dns_server_ip_addresses":["10.1.0.4"],"priority": 5,"note":"a<b"},
			"b.example.org":{"remote_dns_server_ip_addresses":["10.1.0.5"]}}}}`
	k := writer(t, listen(t, http.StatusOK, answer).url)
	got, err := k.PrivateDNSByID(context.Background(), safe.New(id), safe.New(id))
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Unknown) != 1 || len(got.DNS) != 2 || len(got.DNS[0].Extra) != 2 || len(got.DNS[1].Extra) != 0 {
		t.Fatalf("%+v", got)
	}
	body := k.PatchResolverWrite(safe.New(id), got.ID, got.DNS, got.Unknown).Body.Raw()
	for _, want := range []string{`"priority": 5`, `"note": "a<b"`, `"mode": "first"`, `"n": 2`} {
		if strings.Count(body, want) != 1 {
			t.Errorf("no %s in\n%s", want, body)
		}
	}
}
