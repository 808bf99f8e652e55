package program_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/services/cloud/endpoint"
	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
	"github.com/peerdeck/peerdeck/services/wiring"
)

// object is a JSON object.
type object = map[string]any

// shaped answers as the simulated Azure does, whose answers are held to recordings, and
// changes the bodies of some. It is a small server of its own in front of the other.
func shaped(tb testing.TB, arm string, change func(path string, body object) any) string {
	tb.Helper()
	to, err := url.Parse(arm)
	if err != nil {
		tb.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(to)
			r.Out.Host = r.In.Host // links to next pages lead back here
		},
		ModifyResponse: func(resp *http.Response) error {
			data, err := io.ReadAll(resp.Body)
			if err != nil {
				return err
			}
			_ = resp.Body.Close()
			var body object
			if resp.StatusCode == http.StatusOK && json.Unmarshal(data, &body) == nil {
				if data, err = json.Marshal(change(resp.Request.URL.Path, body)); err != nil {
					return err
				}
			}
			resp.Body = io.NopCloser(bytes.NewReader(data))
			resp.ContentLength = int64(len(data))
			resp.Header.Set("Content-Length", strconv.Itoa(len(data)))
			return nil
		},
	}
	s := httptest.NewServer(proxy)
	tb.Cleanup(s.Close)
	return s.URL
}

// shapedWorld is the program in front of a world whose Azure has other bodies.
func shapedWorld(t *testing.T, change func(path string, body object) any) (model.Snapshot, *wiring.Bundle) {
	t.Helper()
	server := sandboxtest.Start(t, sandbox.Options{Seed: 1})
	s, err := toSandbox(server.World, server)
	if err != nil {
		t.Fatal(err)
	}
	if s.ARM, err = endpoint.Parse("the test", shaped(t, server.ARM, change)); err != nil {
		t.Fatal(err)
	}
	bundle := wiring.Open(s, "test", false, func(p work.Panic) { t.Errorf("%v: %v\n%s", p, p.Value, p.Stack) })
	t.Cleanup(bundle.Close)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	return bundle.Watcher.Collect(ctx), bundle
}

// hub changes the VNET of the hub, and its half of eu-prod's peering, in a copy.
func hub(vnet, half func(object)) func(string, object) any {
	return func(path string, body object) any {
		if !strings.EqualFold(path[strings.LastIndex(path, "/")+1:], "vnet-hub") {
			return body
		}
		properties, _ := body["properties"].(object)
		for _, item := range list(properties["virtualNetworkPeerings"]) {
			h, _ := item.(object)
			p, _ := h["properties"].(object)
			remote, _ := p["remoteAddressSpace"].(object)
			if half != nil && fmt.Sprint(remote["addressPrefixes"]) == "[10.0.0.0/16]" {
				half(p)
			}
		}
		if vnet != nil {
			vnet(properties)
		}
		return body
	}
}

func list(v any) []any {
	out, _ := v.([]any)
	return out
}

// set gives a member another value; without one it is taken away.
func set(name string, value ...any) func(object) {
	return func(p object) {
		delete(p, name)
		if len(value) > 0 {
			p[name] = value[0]
		}
	}
}

// everywhere does something to each object of a body.
func everywhere(v any, do func(object)) {
	switch v := v.(type) {
	case object:
		for _, item := range v {
			everywhere(item, do)
		}
		do(v)
	case []any:
		for _, item := range v {
			everywhere(item, do)
		}
	}
}

func extra(o object) {
	if len(o) > 0 {
		o["peerdeckTestNew"] = object{"list": []any{1, "two", nil}, "deep": object{"deeper": true}}
	}
}

// spelled gives the ids of a body another case.
func spelled(do func(string) string) func(object) {
	return func(o object) {
		if id, ok := o["id"].(string); ok {
			o["id"] = do(id)
		}
	}
}

// others are halves of somebody else.
func others(n int) []any {
	out := make([]any, n)
	for i := range n {
		out[i] = object{"name": "other-" + strconv.Itoa(i), "id": "/x/" + strconv.Itoa(i), "properties": object{
			"peeringState": "Connected", "peeringSyncLevel": "FullyInSync", "provisioningState": "Succeeded",
			"remoteVirtualNetwork":             object{"id": "/subscriptions/o/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v" + strconv.Itoa(i)},
			"remoteAddressSpace":               object{"addressPrefixes": []any{fmt.Sprintf("172.%d.%d.0/24", 20+i/250, i%250)}},
			"remoteVirtualNetworkAddressSpace": object{"addressPrefixes": []any{fmt.Sprintf("172.%d.%d.0/24", 20+i/250, i%250)}},
		}}
	}
	return out
}

// The bodies of a VNET and of a half in it, with what may be missing missing, and more than
// that: what is not known is never called well, and what does not matter changes nothing.
func TestShapesOfAHalf(t *testing.T) {
	t.Parallel()
	const ok, unknown, attention, broken, working = model.SeverityOK, model.SeverityUnknown, model.SeverityAttention, model.SeverityBroken, model.SeverityWorking
	space := func(prefixes ...any) object { return object{"addressPrefixes": prefixes} }
	for name, c := range map[string]struct {
		vnet, half func(object)
		whole      func(object) // to each object of the body
		code       string
		severity   finding.Severity
	}{
		"as it is": {nil, nil, nil, "azure-connected", ok},
		// what does not matter
		"members that nobody knows": {nil, nil, extra, "azure-connected", ok},
		"ids in capitals":           {nil, nil, spelled(strings.ToUpper), "azure-connected", ok},
		"ids in small letters":      {nil, nil, spelled(strings.ToLower), "azure-connected", ok},
		"no tag":                    {nil, nil, set("etag"), "azure-connected", ok},
		"no subnets":                {set("subnets"), nil, nil, "azure-connected", ok},
		"subnets are null":          {set("subnets", nil), nil, nil, "azure-connected", ok},
		"no DNS options":            {set("dhcpOptions"), nil, nil, "azure-connected", ok},
		"DNS options are null":      {set("dhcpOptions", nil), nil, nil, "azure-connected", ok},
		"no guid of the half":       {nil, set("resourceGuid"), nil, "azure-connected", ok},
		"a gateway is used":         {nil, set("remoteGateways", []any{object{"id": "/x"}}), nil, "azure-connected", ok},
		"space from a pool":         {nil, set("remoteAddressSpace", object{"addressPrefixes": []any{"10.0.0.0/16"}, "ipamPoolPrefixAllocations": []any{}}), nil, "azure-connected", ok},
		"words in small letters": {nil, func(p object) {
			p["peeringState"], p["peeringSyncLevel"], p["provisioningState"] = "connected", "fullyinsync", "succeeded"
		}, nil, "azure-connected", ok},
		"a null among the peerings": {func(p object) { p["virtualNetworkPeerings"] = append(list(p["virtualNetworkPeerings"]), nil) }, nil, nil, "azure-connected", ok},
		"500 peerings": {func(p object) {
			p["virtualNetworkPeerings"] = append(others(500), list(p["virtualNetworkPeerings"])...)
		}, nil, nil, "azure-connected", ok},
		"ranges in another order": {nil, set("remoteAddressSpace", space("10.0.128.0/17", "10.0.0.0/17")), nil, "azure-connected", ok},
		"written just now":        {nil, set("provisioningState", "Updating"), nil, "azure-writing", working},
		// states
		"initiated":        {nil, func(p object) { p["peeringState"], p["peeringSyncLevel"] = "Initiated", "RemoteNotInSync" }, nil, "azure-initiated", broken},
		"disconnected":     {nil, func(p object) { p["peeringState"], p["peeringSyncLevel"] = "Disconnected", "RemoteNotInSync" }, nil, "azure-disconnected", broken},
		"this half behind": {nil, func(p object) { p["peeringSyncLevel"] = "LocalNotInSync" }, nil, "azure-local-behind", attention},
		"Kong's behind":    {nil, set("peeringSyncLevel", "RemoteNotInSync"), nil, "azure-remote-behind", attention},
		"both behind":      {nil, set("peeringSyncLevel", "LocalAndRemoteNotInSync"), nil, "azure-both-behind", attention},
		"the write failed": {nil, set("provisioningState", "Failed"), nil, "azure-write-failed", attention},
		"no access":        {nil, set("allowVirtualNetworkAccess", false), nil, "azure-no-access", attention},
		// what is not known
		"no state":              {nil, set("peeringState"), nil, "azure-state-unknown", unknown},
		"the state is null":     {nil, set("peeringState", nil), nil, "azure-state-unknown", unknown},
		"a new state":           {nil, set("peeringState", "Suspended"), nil, "azure-state-unknown", unknown},
		"an empty state":        {nil, set("peeringState", ""), nil, "azure-state-unknown", unknown},
		"a new sync level":      {nil, set("peeringSyncLevel", "QuantumInSync"), nil, "azure-sync-unknown", unknown},
		"access is null":        {nil, set("allowVirtualNetworkAccess", nil), nil, "azure-part-unknown", unknown},
		"access is not told":    {nil, set("allowVirtualNetworkAccess"), nil, "azure-part-unknown", unknown},
		"a new provisioning":    {nil, set("provisioningState", "Pondering"), nil, "azure-provisioning-unknown", unknown},
		"no ranges and no sync": {nil, func(p object) { delete(p, "remoteAddressSpace"); delete(p, "peeringSyncLevel") }, nil, "azure-part-unknown", unknown},
		// what is not there
		"no peerings": {set("virtualNetworkPeerings", []any{}), nil, nil, "azure-absent", broken},
		"properties are null": {nil, nil, func(o object) {
			if _, of := o["virtualNetworkPeerings"]; of {
				clear(o)
			}
		}, "azure-unreadable", unknown},
		"peerings are null":     {set("virtualNetworkPeerings", nil), nil, nil, "azure-unreadable", unknown},
		"peerings are not told": {set("virtualNetworkPeerings"), nil, nil, "azure-unreadable", unknown},
		// what is no such answer
		"a number for a state":   {nil, set("peeringState", 5), nil, "azure-unreadable", unknown},
		"a text for the ranges":  {nil, set("remoteAddressSpace", "10.0.0.0/16"), nil, "azure-unreadable", unknown},
		"an object for the list": {set("virtualNetworkPeerings", object{"a": 1}), nil, nil, "azure-unreadable", unknown},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			longtest.OneIn(t, 8)
			change := hub(c.vnet, c.half)
			snapshot, _ := shapedWorld(t, func(path string, body object) any {
				changed := change(path, body)
				if c.whole != nil {
					everywhere(changed, c.whole)
				}
				return changed
			})
			got := hubPeering(t, snapshot)
			if string(got.Code) != c.code || got.Severity != c.severity {
				t.Errorf("%s, %v: %s → %s", got.Code, got.Severity, got.Cause, got.Next.Line())
			}
			if _, known := finding.Lookup(string(got.Code)); !known {
				t.Errorf("explain knows no %s", got.Code)
			}
			for _, n := range snapshot.Networks {
				for i := range n.Peerings {
					if f := n.Peerings[i].Azure.Failure; f != nil && f.Kind == model.FailureBug {
						t.Errorf("%s: %v", n.Name, f)
					}
				}
			}
		})
	}
}

// hubPeering is the verdict on eu-prod's peering with the hub.
func hubPeering(t *testing.T, s model.Snapshot) finding.Finding {
	t.Helper()
	for _, n := range s.Networks {
		for i := range n.Peerings {
			if p := &n.Peerings[i]; n.Name.Raw() == "eu-prod" && p.VNet.Name.Raw() == "vnet-hub" {
				return p.Finding
			}
		}
	}
	t.Fatal("there is no peering with the hub")
	return finding.Finding{}
}
