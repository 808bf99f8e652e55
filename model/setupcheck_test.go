package model_test

import (
	"slices"
	"strings"
	"testing"

	"peerdeck/model"
	"peerdeck/model/safe"
)

func texts(values ...string) []safe.Text {
	out := make([]safe.Text, len(values))
	for i, v := range values {
		out[i] = safe.New(v)
	}
	return out
}

func mapping(domains string, servers ...string) model.DNSMapping {
	return model.DNSMapping{Domains: texts(strings.Fields(domains)...), Servers: texts(servers...)}
}

// goodRequest has nothing wrong with it.
func goodRequest() model.SetupRequest {
	return model.SetupRequest{
		Network: safe.New("eu-prod"), Peering: safe.New("hub-vnet"),
		VNet: model.VNetRef{
			TenantID: safe.New("11111111-2222-3333-4444-555555555555"), SubscriptionID: safe.New("AAAAAAAA-bbbb-cccc-dddd-eeeeeeeeeeee"),
			ResourceGroup: safe.New("rg-network"), Name: safe.New("vnet-hub"),
		},
		DNS:      model.DNSResolver,
		Mappings: []model.DNSMapping{mapping("example.com example2.com", "192.168.1.1", "192.168.1.2")},
	}
}

func TestGoodRequestHasNoProblem(t *testing.T) {
	r := goodRequest()
	if p := r.Problems(); len(p) != 0 || !model.Runnable(p) {
		t.Errorf("problems %v", p)
	}
	r.RoleName, r.AppID = safe.New("Peering, mine"), safe.New(model.KongAppID)
	r.VNet.ResourceGroup, r.VNet.Name = safe.New("Größe_(1).x-2"), safe.New("0.a-B_")
	r.DNS, r.Mappings = model.DNSNone, nil
	if p := r.Problems(); len(p) != 0 {
		t.Errorf("problems %v", p)
	}
}

func TestProblemsOfFields(t *testing.T) {
	long := strings.Repeat("x", 600)
	for name, c := range map[string]struct {
		change func(*model.SetupRequest)
		field  model.SetupField
		says   []string
	}{
		"no network":        {func(r *model.SetupRequest) { r.Network = safe.Text{} }, model.FieldNetwork, []string{"missing", "name or its id"}},
		"network break":     {func(r *model.SetupRequest) { r.Network = safe.New("a\nb") }, model.FieldNetwork, []string{"line break", `"a b"`}},
		"no peering":        {func(r *model.SetupRequest) { r.Peering = safe.Text{} }, model.FieldPeering, []string{"missing"}},
		"peering long":      {func(r *model.SetupRequest) { r.Peering = safe.New(long[:121]) }, model.FieldPeering, []string{"121", "120"}},
		"peering escape":    {func(r *model.SetupRequest) { r.Peering = safe.New("a\x1b[2J") }, model.FieldPeering, []string{`a\u{1b}[2J`, "by hand"}},
		"peering space":     {func(r *model.SetupRequest) { r.Peering = safe.New("hub ") }, model.FieldPeering, []string{`"hub "`, "space"}},
		"no tenant":         {func(r *model.SetupRequest) { r.VNet.TenantID = safe.Text{} }, model.FieldTenant, []string{"missing", "az account show"}},
		"tenant a domain":   {func(r *model.SetupRequest) { r.VNet.TenantID = safe.New("acme.onmicrosoft.com") }, model.FieldTenant, []string{`"acme.onmicrosoft.com" is a domain`, "az account show --query tenantId"}},
		"tenant a path":     {func(r *model.SetupRequest) { r.VNet.TenantID = safe.New("../../evil@x") }, model.FieldTenant, []string{`"../../evil@x"`, "32 hexadecimal"}},
		"tenant a word":     {func(r *model.SetupRequest) { r.VNet.TenantID = safe.New("common") }, model.FieldTenant, []string{`"common"`}},
		"placeholder":       {func(r *model.SetupRequest) { r.VNet.TenantID = safe.New("00000000-0000-0000-0000-000000000000") }, model.FieldTenant, []string{"placeholder"}},
		"subscription name": {func(r *model.SetupRequest) { r.VNet.SubscriptionID = safe.New("acme prod") }, model.FieldSubscription, []string{`"acme prod"`, "az account show --query id"}},
		"braces": {func(r *model.SetupRequest) {
			r.VNet.SubscriptionID = safe.New("{11111111-2222-3333-4444-555555555555}")
		}, model.FieldSubscription, []string{"{1111"}},
		"no group":         {func(r *model.SetupRequest) { r.VNet.ResourceGroup = safe.Text{} }, model.FieldGroup, []string{"missing", "az group list"}},
		"group space":      {func(r *model.SetupRequest) { r.VNet.ResourceGroup = safe.New("rg network") }, model.FieldGroup, []string{`"rg network"`, "a space"}},
		"group semicolon":  {func(r *model.SetupRequest) { r.VNet.ResourceGroup = safe.New("rg; rm -rf /") }, model.FieldGroup, []string{"character ;"}},
		"group command":    {func(r *model.SetupRequest) { r.VNet.ResourceGroup = safe.New("rg$(id)") }, model.FieldGroup, []string{"character $"}},
		"group slash":      {func(r *model.SetupRequest) { r.VNet.ResourceGroup = safe.New("rg/../x") }, model.FieldGroup, []string{"character /"}},
		"group break":      {func(r *model.SetupRequest) { r.VNet.ResourceGroup = safe.New("rg\n") }, model.FieldGroup, []string{"a line break", `"rg "`}},
		"group bytes":      {func(r *model.SetupRequest) { r.VNet.ResourceGroup = safe.New("rg\xff") }, model.FieldGroup, []string{"no text"}},
		"group replaced":   {func(r *model.SetupRequest) { r.VNet.ResourceGroup = safe.New("rg\ufffd") }, model.FieldGroup, []string{"rg"}},
		"group bidi":       {func(r *model.SetupRequest) { r.VNet.ResourceGroup = safe.New("rg\u202e") }, model.FieldGroup, []string{"U+202E"}},
		"group end":        {func(r *model.SetupRequest) { r.VNet.ResourceGroup = safe.New("rg.") }, model.FieldGroup, []string{"period"}},
		"group long":       {func(r *model.SetupRequest) { r.VNet.ResourceGroup = safe.New(long[:91]) }, model.FieldGroup, []string{"91", "90"}},
		"no vnet":          {func(r *model.SetupRequest) { r.VNet.Name = safe.Text{} }, model.FieldVNet, []string{"missing", "az network vnet list"}},
		"vnet short":       {func(r *model.SetupRequest) { r.VNet.Name = safe.New("v") }, model.FieldVNet, []string{"2 to 64"}},
		"vnet long":        {func(r *model.SetupRequest) { r.VNet.Name = safe.New(long[:65]) }, model.FieldVNet, []string{"65"}},
		"vnet begin":       {func(r *model.SetupRequest) { r.VNet.Name = safe.New("_vnet") }, model.FieldVNet, []string{"begins with the character _"}},
		"vnet end":         {func(r *model.SetupRequest) { r.VNet.Name = safe.New("vnet-") }, model.FieldVNet, []string{"ends with the character -"}},
		"vnet quote":       {func(r *model.SetupRequest) { r.VNet.Name = safe.New(`v'"net`) }, model.FieldVNet, []string{"character '"}},
		"vnet letters":     {func(r *model.SetupRequest) { r.VNet.Name = safe.New("größe") }, model.FieldVNet, []string{"character ö"}},
		"role long":        {func(r *model.SetupRequest) { r.RoleName = safe.New(long[:513]) }, model.FieldRole, []string{"513", "512"}},
		"role zero width":  {func(r *model.SetupRequest) { r.RoleName = safe.New("Peer\u200bing") }, model.FieldRole, []string{`\u{200b}`}},
		"application word": {func(r *model.SetupRequest) { r.AppID = safe.New("kong") }, model.FieldApp, []string{`"kong"`, model.KongAppID}},
		"mode":             {func(r *model.SetupRequest) { r.DNS = "resolve" }, model.FieldDNSMode, []string{`"resolve"`, "resolver, peering and none"}},
		"none with some":   {func(r *model.SetupRequest) { r.DNS = model.DNSNone }, model.FieldDNSMode, []string{"1 mappings"}},
		"some with none":   {func(r *model.SetupRequest) { r.Mappings = nil }, model.FieldMappings, []string{"mode is resolver"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := goodRequest()
			c.change(&r)
			got := r.Problems()
			if len(got) != 1 || got[0].Field != c.field || !got[0].Fatal || got[0].Index != -1 || model.Runnable(got) {
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
	var fields []model.SetupField
	for _, p := range (model.SetupRequest{}).Problems() {
		fields = append(fields, p.Field)
	}
	want := []model.SetupField{
		model.FieldNetwork, model.FieldPeering, model.FieldTenant, model.FieldSubscription, model.FieldGroup, model.FieldVNet, model.FieldDNSMode,
	}
	if !slices.Equal(fields, want) {
		t.Errorf("fields %v", fields)
	}
}
