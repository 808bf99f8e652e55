package setup_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

func mapping(domains string, servers ...string) model.DNSMapping {
	return model.DNSMapping{Domains: safe.Texts(strings.Fields(domains)...), Servers: safe.Texts(servers...)}
}

// goodRequest has nothing wrong with it.
func goodRequest() setup.Request {
	return setup.Request{
		Network: safe.New("eu-prod"), Peering: safe.New("hub-vnet"),
		VNet: model.VNetRef{
			TenantID: safe.New("11111111-2222-3333-4444-555555555555"), SubscriptionID: safe.New("AAAAAAAA-bbbb-cccc-dddd-eeeeeeeeeeee"),
			ResourceGroup: safe.New("rg-network"), Name: safe.New("vnet-hub"),
		},
		DNS:      setup.DNSResolver,
		Mappings: []model.DNSMapping{mapping("acme.net acme.org", "192.168.1.1", "192.168.1.2")},
	}
}

func TestGoodRequestHasNoProblem(t *testing.T) {
	r := goodRequest()
	if p := r.Problems(dnstable.Surroundings{}); len(p) != 0 || !setup.Runnable(p) {
		t.Errorf("problems %v", p)
	}
	r.RoleName, r.AppID = safe.New("Peering, mine"), safe.New(setup.KongAppID)
	r.VNet.ResourceGroup, r.VNet.Name = safe.New("Größe_(1).x-2"), safe.New("0.a-B_")
	r.DNS, r.Mappings = setup.DNSNone, nil
	if p := r.Problems(dnstable.Surroundings{}); len(p) != 0 {
		t.Errorf("problems %v", p)
	}
}

func TestProblemsOfFields(t *testing.T) {
	long := strings.Repeat("x", 600)
	for name, c := range map[string]struct {
		change func(*setup.Request)
		field  setup.Field
		says   []string
	}{
		"no network":        {func(r *setup.Request) { r.Network = safe.Text{} }, setup.FieldNetwork, []string{"missing", "name or its id"}},
		"network break":     {func(r *setup.Request) { r.Network = safe.New("a\nb") }, setup.FieldNetwork, []string{"line break", `"a b"`}},
		"no peering":        {func(r *setup.Request) { r.Peering = safe.Text{} }, setup.FieldPeering, []string{"missing"}},
		"peering long":      {func(r *setup.Request) { r.Peering = safe.New(long[:121]) }, setup.FieldPeering, []string{"121", "120"}},
		"peering escape":    {func(r *setup.Request) { r.Peering = safe.New("a\x1b[2J") }, setup.FieldPeering, []string{`a\u{1b}[2J`, "by hand"}},
		"peering space":     {func(r *setup.Request) { r.Peering = safe.New("hub ") }, setup.FieldPeering, []string{`"hub "`, "space"}},
		"no tenant":         {func(r *setup.Request) { r.VNet.TenantID = safe.Text{} }, setup.FieldTenant, []string{"missing", "az account show"}},
		"tenant a domain":   {func(r *setup.Request) { r.VNet.TenantID = safe.New("acme.onmicrosoft.com") }, setup.FieldTenant, []string{`"acme.onmicrosoft.com" is a domain`, "az account show --query tenantId"}},
		"tenant a path":     {func(r *setup.Request) { r.VNet.TenantID = safe.New("../../evil@x") }, setup.FieldTenant, []string{`"../../evil@x"`, "32 hexadecimal"}},
		"tenant a word":     {func(r *setup.Request) { r.VNet.TenantID = safe.New("common") }, setup.FieldTenant, []string{`"common"`}},
		"placeholder":       {func(r *setup.Request) { r.VNet.TenantID = safe.New("00000000-0000-0000-0000-000000000000") }, setup.FieldTenant, []string{"placeholder"}},
		"subscription name": {func(r *setup.Request) { r.VNet.SubscriptionID = safe.New("acme prod") }, setup.FieldSubscription, []string{`"acme prod"`, "az account show --query id"}},
		"braces": {func(r *setup.Request) {
			r.VNet.SubscriptionID = safe.New("{11111111-2222-3333-4444-555555555555}")
		}, setup.FieldSubscription, []string{"{1111"}},
		"no group":         {func(r *setup.Request) { r.VNet.ResourceGroup = safe.Text{} }, setup.FieldGroup, []string{"missing", "az group list"}},
		"group space":      {func(r *setup.Request) { r.VNet.ResourceGroup = safe.New("rg network") }, setup.FieldGroup, []string{`"rg network"`, "a space"}},
		"group semicolon":  {func(r *setup.Request) { r.VNet.ResourceGroup = safe.New("rg; rm -rf /") }, setup.FieldGroup, []string{"character ;"}},
		"group command":    {func(r *setup.Request) { r.VNet.ResourceGroup = safe.New("rg$(id)") }, setup.FieldGroup, []string{"character $"}},
		"group slash":      {func(r *setup.Request) { r.VNet.ResourceGroup = safe.New("rg/../x") }, setup.FieldGroup, []string{"character /"}},
		"group break":      {func(r *setup.Request) { r.VNet.ResourceGroup = safe.New("rg\n") }, setup.FieldGroup, []string{"a line break", `"rg "`}},
		"group bytes":      {func(r *setup.Request) { r.VNet.ResourceGroup = safe.New("rg\xff") }, setup.FieldGroup, []string{"no text"}},
		"group replaced":   {func(r *setup.Request) { r.VNet.ResourceGroup = safe.New("rg\ufffd") }, setup.FieldGroup, []string{"rg"}},
		"group bidi":       {func(r *setup.Request) { r.VNet.ResourceGroup = safe.New("rg\u202e") }, setup.FieldGroup, []string{"U+202E"}},
		"group end":        {func(r *setup.Request) { r.VNet.ResourceGroup = safe.New("rg.") }, setup.FieldGroup, []string{"period"}},
		"group long":       {func(r *setup.Request) { r.VNet.ResourceGroup = safe.New(long[:91]) }, setup.FieldGroup, []string{"91", "90"}},
		"no vnet":          {func(r *setup.Request) { r.VNet.Name = safe.Text{} }, setup.FieldVNet, []string{"missing", "az network vnet list"}},
		"vnet short":       {func(r *setup.Request) { r.VNet.Name = safe.New("v") }, setup.FieldVNet, []string{"2 to 64"}},
		"vnet long":        {func(r *setup.Request) { r.VNet.Name = safe.New(long[:65]) }, setup.FieldVNet, []string{"65"}},
		"vnet begin":       {func(r *setup.Request) { r.VNet.Name = safe.New("_vnet") }, setup.FieldVNet, []string{"begins with the character _"}},
		"vnet end":         {func(r *setup.Request) { r.VNet.Name = safe.New("vnet-") }, setup.FieldVNet, []string{"ends with the character -"}},
		"vnet quote":       {func(r *setup.Request) { r.VNet.Name = safe.New(`v'"net`) }, setup.FieldVNet, []string{"character '"}},
		"vnet letters":     {func(r *setup.Request) { r.VNet.Name = safe.New("größe") }, setup.FieldVNet, []string{"character ö"}},
		"role long":        {func(r *setup.Request) { r.RoleName = safe.New(long[:513]) }, setup.FieldRole, []string{"513", "512"}},
		"role zero width":  {func(r *setup.Request) { r.RoleName = safe.New("Peer\u200bing") }, setup.FieldRole, []string{`\u{200b}`}},
		"application word": {func(r *setup.Request) { r.AppID = safe.New("kong") }, setup.FieldApp, []string{`"kong"`, setup.KongAppID}},
		"mode":             {func(r *setup.Request) { r.DNS = "resolve" }, setup.FieldDNSMode, []string{`"resolve"`, "resolver, peering and none"}},
		"none with some":   {func(r *setup.Request) { r.DNS = setup.DNSNone }, setup.FieldDNSMode, []string{"1 mappings"}},
		"some with none":   {func(r *setup.Request) { r.Mappings = nil }, setup.FieldMappings, []string{"mode is resolver"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := goodRequest()
			c.change(&r)
			got := r.Problems(dnstable.Surroundings{})
			if len(got) != 1 || got[0].Field != c.field || !got[0].Fatal() || got[0].Index != -1 || setup.Runnable(got) {
				t.Fatalf("problems %+v", got)
			}
			for _, part := range c.says {
				if !strings.Contains(got[0].Text, part) {
					t.Errorf("%q does not say %q", got[0].Text, part)
				}
			}
			if safe.Clean(got[0].Text) != got[0].Text {
				t.Errorf("%q is not clean", got[0].Text)
			}
			if len(got[0].Text) > 400 {
				t.Errorf("%q is too long to read", got[0].Text)
			}
		})
	}
}

func TestProblemsAreListedAllAtOnce(t *testing.T) {
	var fields []setup.Field
	for _, p := range (setup.Request{}).Problems(dnstable.Surroundings{}) {
		fields = append(fields, p.Field)
	}
	want := []setup.Field{
		setup.FieldNetwork, setup.FieldPeering, setup.FieldTenant, setup.FieldSubscription, setup.FieldGroup, setup.FieldVNet, setup.FieldDNSMode,
	}
	if !slices.Equal(fields, want) {
		t.Errorf("fields %v", fields)
	}
}
