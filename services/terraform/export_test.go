package terraform_test

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclparse"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/terraform"
)

func word(s string) safe.Text { return safe.New(s) }

func words(list ...string) []safe.Text {
	var out []safe.Text
	for _, s := range list {
		out = append(out, safe.New(s))
	}
	return out
}

func hub() model.VNetRef {
	return model.VNetRef{TenantID: word("t1"), SubscriptionID: word("s1"), ResourceGroup: word("rg"), Name: word("vnet-hub")}
}

func read() model.Part { return model.Part{At: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)} }

// network is one that can be expressed whole.
func network() *model.NetworkStatus {
	n := &model.NetworkStatus{
		Network: model.Network{
			ID: word("n1"), Name: word("eu-prod"), Region: word("northeurope"), AvailabilityZones: words("a", "b"), State: model.NetworkReady, ProviderAccountID: word("acc"),
		},
		PeeringsRead: read(), PrivateDNSRead: read(), ReferencesRead: read(),
	}
	n.CIDR.Text = word("10.0.0.0/16")
	n.Peerings = []model.PeeringStatus{{Peering: model.Peering{
		ID: word("p1"), Name: word("hub"), Kind: model.KindAzureVNet, State: model.PeeringReady, VNet: hub(),
		DNS: []model.DNSMapping{{Domains: words("b.example", "a.example"), Servers: words("10.1.0.5", "10.1.0.4")}},
	}}}
	n.PrivateDNS = []model.PrivateDNSStatus{{PrivateDNS: model.PrivateDNS{
		ID: word("d1"), Name: word("corp-dns"), Kind: model.KindAzureResolver, State: model.PrivateDNSReady,
		DNS: []model.DNSMapping{{Domains: words("corp.example"), Servers: words("10.1.0.4")}},
	}}}
	return n
}

// granted is the role that a set-up makes, on the VNET.
func granted() []terraform.Access {
	role := model.RoleDefinition{
		ID: word("/subscriptions/s1/providers/Microsoft.Authorization/roleDefinitions/r1"), Name: word("r1"), RoleName: word("Peering Creator"), Type: word("CustomRole"),
		Permissions: []model.PermissionSet{{Actions: words("Microsoft.Network/virtualNetworks/read")}}, AssignableScopes: words("/subscriptions/s1"),
	}
	return []terraform.Access{{VNet: hub(), Grants: []terraform.Grant{{
		Role:       role,
		Assignment: model.RoleAssignment{ID: word(hub().ID().Raw() + "/providers/Microsoft.Authorization/roleAssignments/a1"), Name: word("a1"), Scope: hub().ID(), RoleDefinitionID: role.ID, PrincipalID: word("k1"), PrincipalType: word("ServicePrincipal")},
	}}}}
}

// parsed are the blocks of a text, by "type label label".
func parsed(tb testing.TB, text string) map[string]*hclsyntax.Body {
	tb.Helper()
	f, problems := hclparse.NewParser().ParseHCL([]byte(text), "x.tf")
	if problems.HasErrors() {
		tb.Fatalf("%v in\n%s", problems, text)
	}
	out := map[string]*hclsyntax.Body{}
	for i, b := range f.Body.(*hclsyntax.Body).Blocks {
		key := strings.Join(append([]string{b.Type}, b.Labels...), " ")
		switch b.Type {
		case "resource":
			if out[key] != nil {
				tb.Errorf("%s is there twice", key)
			}
		case "import":
			key = "import " + path(b.Body.Attributes["to"].Expr)
		case "provider":
			key += fmt.Sprint(" ", i)
		}
		out[key] = b.Body
	}
	return out
}

func path(e hclsyntax.Expression) string {
	var parts []string
	for _, step := range e.Variables()[0] {
		switch s := step.(type) {
		case hcl.TraverseRoot:
			parts = append(parts, s.Name)
		case hcl.TraverseAttr:
			parts = append(parts, s.Name)
		}
	}
	return strings.Join(parts, ".")
}

func TestAWholeNetwork(t *testing.T) {
	t.Parallel()
	e := terraform.Write(network(), granted(), azurecloud.Public, "9.8.7")
	if !e.Whole() {
		t.Errorf("something was left out: %v", e.Notes)
	}
	blocks := parsed(t, e.Text)
	for _, r := range []string{
		"konnect_cloud_gateway_network eu_prod", "konnect_cloud_gateway_transit_gateway hub", "konnect_cloud_gateway_private_dns corp_dns",
		"azurerm_role_definition peering_creator", "azurerm_role_assignment vnet_hub",
	} {
		if blocks["resource "+r] == nil || blocks["import "+strings.ReplaceAll(r, " ", ".")] == nil {
			t.Errorf("no resource or no import of %s in\n%s", r, e.Text)
		}
	}
	// Nothing that stands in the file can make Terraform delete anything.
	for key, b := range blocks {
		if strings.HasPrefix(key, "resource") && (len(b.Blocks) == 0 || !strings.Contains(e.Text, "prevent_destroy = true")) {
			t.Errorf("%s may be destroyed", key)
		}
	}
	if strings.Count(e.Text, "prevent_destroy = true") != 5 {
		t.Errorf("%d of 5 resources are kept", strings.Count(e.Text, "prevent_destroy = true"))
	}
	for _, want := range []string{
		"ignore_changes  = [azure_transit_gateway]", "ignore_changes  = [name, private_dns_attachment_config]",
		`domain_proxy_list              = ["b.example", "a.example"]`, `remote_dns_server_ip_addresses = ["10.1.0.5", "10.1.0.4"]`,
		`id = "/subscriptions/s1/providers/Microsoft.Authorization/roleDefinitions/r1|/subscriptions/s1"`,
		`network_id = "n1"`, `version = "~> 3.0"`, `version = "~> 5.0"`, "by peerdeck 9.8.7",
	} {
		if !strings.Contains(e.Text, want) {
			t.Errorf("there is no %s in\n%s", want, e.Text)
		}
	}
	if strings.Contains(e.Text, "environment") {
		t.Error("the public cloud is named")
	}
	if gov := terraform.Write(network(), granted(), azurecloud.Government, "1").Text; !strings.Contains(gov, `environment     = "usgovernment"`) {
		t.Errorf("Azure Government is not named in\n%s", gov)
	}
}

// What cannot be expressed or was not read is said before and in its place.
func TestWhatIsLeftOut(t *testing.T) {
	t.Parallel()
	denied := &model.Failure{Kind: model.FailurePermission, Operation: "list role assignments at", Cause: word("not allowed")}
	for name, c := range map[string]struct {
		change func(*model.NetworkStatus, []terraform.Access) []terraform.Access
		says   string
	}{
		"peerings unread": {func(n *model.NetworkStatus, a []terraform.Access) []terraform.Access {
			n.PeeringsRead, n.Peerings = model.Part{}, nil
			return a
		}, "peerings: they were not read"},
		"dns refused": {func(n *model.NetworkStatus, a []terraform.Access) []terraform.Access {
			n.PrivateDNSRead = model.Part{Failure: denied}
			return a
		}, "private DNS: they could not all be read"},
		"another kind": {func(n *model.NetworkStatus, a []terraform.Access) []terraform.Access {
			n.Peerings[0].Kind = model.KindAWSTransitGateway
			return a
		}, "peering hub: peerdeck does not write this kind (AWS transit gateway); its id is p1"},
		"a zone": {func(n *model.NetworkStatus, a []terraform.Access) []terraform.Access {
			n.PrivateDNS[0].Kind = model.KindAzureHostedZone
			return a
		}, "private DNS corp-dns: peerdeck does not write this kind"},
		"going": {func(n *model.NetworkStatus, a []terraform.Access) []terraform.Access {
			n.Peerings[0].State = model.PeeringTerminating
			return a
		}, "peering hub: it is terminating"},
		"more than is known": {func(n *model.NetworkStatus, a []terraform.Access) []terraform.Access {
			n.Extra = []model.Field{{Label: word("ddos_protection"), Value: word("true")}}
			return a
		}, "network eu-prod: Konnect says more than is written here: ddos_protection"},
		"unknown members": {func(n *model.NetworkStatus, a []terraform.Access) []terraform.Access {
			n.PrivateDNS[0].DNS[0].Extra = []model.Member{{Name: word("ttl"), JSON: word("5")}}
			return a
		}, "members in its map that have no place"},
		"no right to see": {func(_ *model.NetworkStatus, a []terraform.Access) []terraform.Access {
			a[0].Failure, a[0].Grants = denied, nil
			return a
		}, "VNET vnet-hub: what Kong's application may do there could not be read whole"},
		"no consent": {func(_ *model.NetworkStatus, a []terraform.Access) []terraform.Access {
			a[0].Nobody, a[0].Grants = true, nil
			return a
		}, "VNET vnet-hub: Kong's application is not in the tenant t1"},
		"no role": {func(_ *model.NetworkStatus, a []terraform.Access) []terraform.Access {
			a[0].Grants = nil
			return a
		}, "VNET vnet-hub: Kong's application has no role there"},
		"hub without its name": {func(n *model.NetworkStatus, a []terraform.Access) []terraform.Access {
			n.Peerings[0].Kind = model.KindAzureVHub
			return a
		}, "peerdeck does not write this kind (Azure virtual hub peering)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n, a := network(), granted()
			a = c.change(n, a)
			e := terraform.Write(n, a, azurecloud.Public, "1")
			said := false
			for _, note := range e.Notes {
				said = said || note.Left && strings.Contains(note.String(), c.says)
			}
			if e.Whole() || !said || strings.Count(e.Text, c.says) < 2 {
				t.Errorf("whole %v, notes %v, text\n%s", e.Whole(), e.Notes, e.Text)
			}
			parsed(t, e.Text)
		})
	}
}

func TestAVirtualHub(t *testing.T) {
	t.Parallel()
	n := network()
	n.Peerings[0].Kind, n.Peerings[0].VNet = model.KindAzureVHub, model.VNetRef{}
	for _, f := range []string{"Tenant", "Subscription", "Resource group", "Virtual hub"} {
		n.Peerings[0].Target = append(n.Peerings[0].Target, model.Field{Label: word(f), Value: word("the " + f)})
	}
	e := terraform.Write(n, nil, azurecloud.Public, "1")
	if !e.Whole() || !strings.Contains(e.Text, `vhub_name           = "the Virtual hub"`) || !strings.Contains(e.Text, "ignore_changes  = [azure_vhub_peering_gateway]") || strings.Contains(e.Text, "azurerm\"") {
		t.Errorf("%v\n%s", e.Notes, e.Text)
	}
}

// A role that reaches several VNETs is written once, and an inherited one says so.
func TestSharedRoles(t *testing.T) {
	t.Parallel()
	first := granted()[0]
	second := first
	second.VNet.Name = word("vnet-two")
	second.Grants = append([]terraform.Grant(nil), first.Grants...)
	second.Grants[0].Assignment.ID, second.Grants[0].Assignment.Scope = word("/subscriptions/s1/providers/Microsoft.Authorization/roleAssignments/a2"), word("/subscriptions/s1")
	second.Grants = append(second.Grants, terraform.Grant{
		Role:       model.RoleDefinition{ID: word("/providers/Microsoft.Authorization/roleDefinitions/b1"), Type: word("BuiltInRole"), RoleName: word("Network Contributor")},
		Assignment: model.RoleAssignment{ID: word("/x/a3"), Name: word("a3"), Scope: hub().ID(), RoleDefinitionID: word("/providers/b1"), PrincipalID: word("k1")},
	})
	e := terraform.Write(network(), []terraform.Access{first, second}, azurecloud.Public, "1")
	if strings.Count(e.Text, `resource "azurerm_role_definition"`) != 1 || strings.Count(e.Text, `resource "azurerm_role_assignment"`) != 3 || !strings.Contains(e.Text, "it is inherited by the VNET vnet-two") {
		t.Error(e.Text)
	}
	parsed(t, e.Text)
}

// Whatever names and values the clouds send, the text is one configuration, its layout is
// that of terraform fmt, and it holds nothing that a terminal would carry out.
// Names that are the same as far as a resource's name goes get numbers, within its length.
func TestLongNamesThatBeginTheSame(t *testing.T) {
	t.Parallel()
	n := network()
	first := n.Peerings[0]
	n.Peerings = nil
	for i := range 12 {
		p := first
		p.Name = word(strings.Repeat("hub-", 20) + strconv.Itoa(i))
		n.Peerings = append(n.Peerings, p)
	}
	seen := 0
	for key := range parsed(t, terraform.Write(n, nil, azurecloud.Public, "1").Text) {
		if parts := strings.Fields(key); parts[0] == "resource" && strings.HasPrefix(parts[2], "hub_hub_") {
			seen++
			if len(parts[2]) > 60 {
				t.Errorf("%s has %d bytes", parts[2], len(parts[2]))
			}
		}
	}
	if seen != 12 {
		t.Errorf("%d peerings", seen)
	}
}

func FuzzNames(f *testing.F) {
	f.Add(strings.Repeat("a", 100))
	for _, s := range []string{"eu-prod", `a"${b}%{c}\`, "\x1b]0;x\a\n\r\u202e", "", "9", "über", "# } EOT", "*/"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, a := network(), granted()
		n.Name, n.Region, n.Peerings[0].Name, n.PrivateDNS[0].Name = word(s), word(s), word(s), word(s)
		n.Peerings = append(n.Peerings, n.Peerings[0])
		n.Peerings[0].DNS[0].Domains[0], n.Extra = word(s), []model.Field{{Label: word(s)}}
		a[0].Grants[0].Role.RoleName, a[0].Grants[0].Role.Description, a[0].Grants[0].Assignment.Condition = word(s), word(s), word(s)
		a[0].VNet.TenantID = word(s)
		e := terraform.Write(n, a, azurecloud.Public, "1")
		parsed(t, e.Text)
		if strings.ContainsAny(e.Text, "\x1b\a\r\u202e") {
			t.Errorf("%q", e.Text)
		}
	})
}

func TestTerraformAgreesWithTheLayout(t *testing.T) {
	t.Parallel()
	tool, err := exec.LookPath("terraform")
	if err != nil {
		t.Skip("there is no terraform")
	}
	check := exec.CommandContext(t.Context(), tool, "fmt", "-check", "-diff", "-no-color", "-")
	check.Stdin = strings.NewReader(terraform.Write(network(), granted(), azurecloud.China, "1").Text)
	out, err := check.Output()
	if exit, failed := errors.AsType[*exec.ExitError](err); failed {
		t.Errorf("%v: %s%s", err, out, exit.Stderr)
	}
}

// clouds are roles and a directory with their refusals.
type clouds struct {
	there                     bool
	principal, assigned, role error
}

func (c clouds) Principal(context.Context, safe.Text, safe.Text) (model.ServicePrincipal, bool, error) {
	return model.ServicePrincipal{ID: word("k1")}, c.there, c.principal
}

func (c clouds) Assignments(_ context.Context, _, scope, _ safe.Text) ([]model.RoleAssignment, error) {
	return []model.RoleAssignment{{ID: word("in force"), Scope: word("/subscriptions/s1")}, {ID: word("below"), Scope: word(scope.Raw() + "/subnets/x")}}, c.assigned
}

func (c clouds) RoleDefinition(_ context.Context, _, id safe.Text) (model.RoleDefinition, error) {
	return model.RoleDefinition{ID: id}, c.role
}

func TestReading(t *testing.T) {
	t.Parallel()
	refused := model.Failure{Kind: model.FailurePermission, Cause: word("no")}
	n := network()
	n.Peerings = append(n.Peerings, n.Peerings[0], model.PeeringStatus{Peering: model.Peering{Kind: model.KindAWSVPCPeering}})
	n.Peerings[1].Name = word("again")
	for name, c := range map[string]struct {
		clouds clouds
		grants int
		nobody bool
		fails  bool
	}{
		"all is read":   {clouds{there: true}, 1, false, false},
		"no consent":    {clouds{}, 0, true, false},
		"no directory":  {clouds{principal: refused}, 0, false, true},
		"no assignment": {clouds{there: true, assigned: refused}, 0, false, true},
		"no role":       {clouds{there: true, role: errors.New("odd")}, 0, false, true},
	} {
		got := terraform.Read(t.Context(), n, c.clouds, c.clouds)
		if len(got) != 1 || len(got[0].Peerings) != 2 || len(got[0].Grants) != c.grants || got[0].Nobody != c.nobody || (got[0].Failure != nil) != c.fails {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
