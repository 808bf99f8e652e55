package sandbox_test

import (
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// While lists lag, a write is answered and in force, a second one meets the service's own
// conflict, and only the ways that are hidden do not tell of it.
func TestListsThatLag(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		lag  sandbox.Lag
		want [4]bool // told by a list by name, by the list of all, by a read of the id, and by a list by name again
	}{
		"lists":         {sandbox.Lag{For: time.Minute}, [4]bool{false, false, true, false}},
		"named":         {sandbox.Lag{For: time.Minute, Hides: "named"}, [4]bool{false, true, true, false}},
		"reads":         {sandbox.Lag{For: time.Minute, Hides: "reads"}, [4]bool{}},
		"flapping":      {sandbox.Lag{For: time.Minute, Flapping: true}, [4]bool{true, false, true, true}},
		"another kind":  {sandbox.Lag{For: time.Minute, Of: []string{"peerings"}}, [4]bool{true, true, true, true}},
		"none any more": {sandbox.Lag{}, [4]bool{true, true, true, true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			clock := manual()
			v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: clock})}
			prod := v.sub("acme-prod")
			v.s.World.Apply(sandbox.Event{Lag: &c.lag})
			v.wants(201, guid1, "PUT", v.at(prod, "roleDefinitions/"+guid1), sandbox.Token, role("Late", prod))
			v.wants(409, "RoleDefinitionWithSameNameExists", "PUT", v.at(prod, "roleDefinitions/"+guid2), sandbox.Token, role("Late", prod))
			if got := v.looks(prod); got != c.want {
				t.Errorf("told %v, want %v", got, c.want)
			}
			clock.Advance(time.Minute)
			if got := v.looks(prod); got != [4]bool{true, true, true, true} {
				t.Errorf("after it, told %v", got)
			}
		})
	}
}

// looks asks for the role Late in the ways of TestListsThatLag.
func (v visitor) looks(sub string) (out [4]bool) {
	v.t.Helper()
	named := v.at(sub, "roleDefinitions") + filter("roleName eq 'Late'")
	for i, address := range []string{named, v.at(sub, "roleDefinitions") + filter("type eq 'CustomRole'"), v.at(sub, "roleDefinitions/"+guid1), named} {
		status, _, body := v.send("GET", address, sandbox.Token, nil)
		out[i] = status == 200 && strings.Contains(body, guid1)
	}
	return out
}

// What is deleted shows in lists for as long, and a role that was changed shows as it was.
func TestListsThatLagBehindOtherWrites(t *testing.T) {
	t.Parallel()
	clock := manual()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: clock})}
	prod := v.sub("acme-prod")
	v.wants(201, guid1, "PUT", v.at(prod, "roleDefinitions/"+guid1), sandbox.Token, role("Late", prod))
	v.s.World.Apply(sandbox.Event{Lag: &sandbox.Lag{For: time.Minute}})
	v.wants(201, guid1, "PUT", v.at(prod, "roleDefinitions/"+guid1), sandbox.Token, role("Late and renamed", prod))
	if got := v.looks(prod); got != [4]bool{true, true, true, true} {
		t.Errorf("as it was, told %v", got)
	}
	v.wants(200, guid1, "DELETE", v.at(prod, "roleDefinitions/"+guid1), sandbox.Token, nil)
	v.wants(404, "RoleDefinitionDoesNotExist", "GET", v.at(prod, "roleDefinitions/"+guid1), sandbox.Token, nil)
	all := v.at(prod, "roleDefinitions") + filter("type eq 'CustomRole'")
	v.wants(200, guid1, "GET", all, sandbox.Token, nil)
	clock.Advance(time.Minute)
	if _, _, body := v.send("GET", all, sandbox.Token, nil); strings.Contains(body, guid1) {
		t.Errorf("the list shows it still: %s", body)
	}
}

// Peerings of Konnect, Azure's halves of them and private DNS can lag too, those that
// were there before as well.
func TestLagOfOtherKinds(t *testing.T) {
	t.Parallel()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: manual()})}
	network := v.s.Konnect + "/v2/cloud-gateways/networks/" + v.s.World.NetworkID("eu-prod")
	hub := v.s.ARM + v.vnet("acme-prod", "vnet-hub") + "?api-version=2025-05-01"
	for address, shows := range map[string]string{network + "/transit-gateways": "hub-vnet", network + "/private-dns": "corp-dns", hub: "/virtualNetworkPeerings/kong-"} {
		v.wants(200, shows, "GET", address, sandbox.Token, nil)
	}
	v.s.World.Apply(sandbox.Event{Lag: &sandbox.Lag{For: time.Minute, There: true, Of: []string{"peerings", "private-dns", "halves"}}})
	for address, shows := range map[string]string{network + "/transit-gateways": "hub-vnet", network + "/private-dns": "corp-dns", hub: "/virtualNetworkPeerings/kong-"} {
		if _, _, body := v.send("GET", address, sandbox.Token, nil); strings.Contains(body, shows) {
			t.Errorf("%s shows %s", address, shows)
		}
	}
}

// A lag that makes no sense is refused.
func TestLagsThatMakeNoSense(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{})
	for _, l := range []sandbox.Lag{{Of: []string{"roads"}}, {Hides: "everything"}, {For: -time.Second}} {
		if err := s.World.Schedule(sandbox.Event{Lag: &l}); err == nil {
			t.Errorf("%+v was taken", l)
		}
	}
}
