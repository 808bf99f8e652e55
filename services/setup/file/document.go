package file

import (
	"reflect"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

// document is a set-up file as it is written.
type document struct {
	Network text   `yaml:"network"`
	Create  *site  `yaml:"create_network"`
	Peering text   `yaml:"peering"`
	Azure   place  `yaml:"azure"`
	DNS     *table `yaml:"dns"`
	Route   *ways  `yaml:"route"`
}

// site is where and with which range the network is made.
type site struct {
	Region  text   `yaml:"region"`
	Zones   []text `yaml:"zones"`
	CIDR    text   `yaml:"cidr"`
	Account text   `yaml:"account"`
}

type place struct {
	TenantID       text `yaml:"tenant_id"`
	SubscriptionID text `yaml:"subscription_id"`
	ResourceGroup  text `yaml:"resource_group"`
	VNet           text `yaml:"vnet"`
	Hub            text `yaml:"virtual_hub"`
	RoleName       text `yaml:"role_name"`
	AppID          text `yaml:"app_id"`
}

type table struct {
	Mode     text      `yaml:"mode"`
	Mappings []mapping `yaml:"mappings"`
}

type mapping struct {
	Domains []text `yaml:"domains"`
	Servers []text `yaml:"servers"`
}

// text is a value as it was typed. A resource group 0755 is not the number 493,
// and a network no is not false.
type text string

// UnmarshalYAML takes any single value.
func (t *text) UnmarshalYAML(node ast.Node) error {
	switch n := node.(type) {
	case *ast.StringNode:
		*t = text(n.Value)
	case *ast.LiteralNode:
		*t = text(n.Value.Value)
	case *ast.NullNode:
		*t = ""
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		*t = text(node.GetToken().Value)
	default:
		// A list, a group, or a tag, which has no use here.
		return &yaml.TypeError{DstType: reflect.TypeFor[text](), SrcType: reflect.TypeOf(node), Token: node.GetToken()}
	}
	return nil
}

func (d document) request() setup.Request {
	r := setup.Request{
		Network: safe.New(string(d.Network)), Peering: safe.New(string(d.Peering)),
		VNet: model.VNetRef{
			TenantID: safe.New(string(d.Azure.TenantID)), SubscriptionID: safe.New(string(d.Azure.SubscriptionID)),
			ResourceGroup: safe.New(string(d.Azure.ResourceGroup)), Name: safe.New(string(d.Azure.VNet)),
		},
		RoleName: safe.New(string(d.Azure.RoleName)), AppID: safe.New(string(d.Azure.AppID)),
		DNS: setup.DNSNone,
	}
	if d.Azure.Hub != "" {
		r.Hub, r.VNet.Name = true, safe.New(string(d.Azure.Hub))
	}
	if c := d.Create; c != nil {
		r.Create = &setup.CreateNetwork{Region: safe.New(string(c.Region)), Zones: texts(c.Zones), CIDR: safe.New(string(c.CIDR)), Account: safe.New(string(c.Account))}
	}
	if d.Route != nil {
		r.Route = d.Route.draft()
	}
	if d.DNS == nil {
		return r
	}
	r.DNS = setup.DNSMode(d.DNS.Mode)
	for _, m := range d.DNS.Mappings {
		r.Mappings = append(r.Mappings, model.DNSMapping{Domains: texts(m.Domains), Servers: texts(m.Servers)})
	}
	return r
}

func texts(list []text) []safe.Text {
	var out []safe.Text
	for _, t := range list {
		out = append(out, safe.New(string(t)))
	}
	return out
}
