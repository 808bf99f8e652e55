package sandbox

// The domains of the tenants, by which events and tests name them.
const (
	HomeDomain    = "acme.example"
	PartnerDomain = "partner-bank.example"
	LabsDomain    = "labs.acme.example"
)

// labsSubscription is where a person of the demo sets a peering up.
const labsSubscription = "labs-sandbox"

// directory makes the tenants and the subscriptions, and says who has which rights.
// Kong's role is made in acme-prod and cannot be assigned in acme-data: whoever sets
// up a VNET there meets the name that is taken by a role that does not show.
func (w *World) directory() stage {
	home := w.addTenant("acme", "Acme", HomeDomain)
	partner := w.addTenant("partner", "Partner Bank", PartnerDomain)
	labs := w.addTenant("labs", "Acme Labs", LabsDomain)
	partner.directory = directoryGuest
	w.consented(home, "acme")
	w.consented(partner, "partner")
	s := stage{
		azure: w.addAccount("azure", w.id("subscription", "kong")),
		aws:   w.addAccount("aws", "408117293344"), gcp: w.addAccount("gcp", "kong-acme-prod"),
		prod: w.addSubscription(home, "acme-prod", roleOwner), data: w.addSubscription(home, "acme-data", roleOwner),
		vault: w.addSubscription(home, "acme-vault"), audit: w.addSubscription(home, "acme-audit", roleReader),
		delegated: w.addSubscription(home, "acme-delegated", roleRBACAdmin), guarded: w.addSubscription(home, "acme-guarded", roleContributor),
		late: w.addSubscription(home, "acme-pim", roleReader), partner: w.addSubscription(partner, "partner-payments", roleOwner),
		labs: w.addSubscription(labs, labsSubscription, roleContributor),
	}
	w.addKongRole(home, s.prod)
	w.addKongRole(partner, s.partner)
	w.addRoleAuthor(home, s.guarded)
	w.addRoleAuthor(labs, s.labs)
	guard := w.grantUser(home, roleRBACAdmin, s.guarded.scope())
	guard.condition, guard.onlyRoles = conditionOnlyReaders, []string{w.roleNamed(home, roleReader).name}
	w.grantUser(labs, roleAccessAdmin, s.labs.scope())
	return s
}

// addRoleAuthor lets the account make roles in a subscription without letting it
// hand them on.
func (w *World) addRoleAuthor(t *tenant, s *subscription) {
	const name = "Acme Role Author"
	t.roles = append(t.roles, &roleDefinition{
		name: w.id("role author", t.id), roleName: name, description: "Makes role definitions.",
		permissions: []permission{{actions: []string{"Microsoft.Authorization/roleDefinitions/*"}}},
		scopes:      []string{s.scope()}, created: w.began.AddDate(0, -6, 0), updated: w.began.AddDate(0, -6, 0),
	})
	w.grantUser(t, name, s.scope())
}

// spare adds VNETs that no network is attached to, some in subscriptions in which
// the account may not do everything.
func (w *World) spare(s stage) {
	for _, v := range []struct {
		sub                 *subscription
		group, name, region string
		prefixes            []string
	}{
		{s.prod, "rg-network", "vnet-dmz", "northeurope", []string{"10.70.0.0/22"}},
		{s.prod, "rg-network", "vnet-legacy", "northeurope", []string{"10.0.128.0/20"}},
		{s.prod, "rg-apps", "vnet-apps", "uksouth", []string{"10.71.0.0/20", "10.72.0.0/24"}},
		{s.prod, "rg-apps", "vnet-batch", "westus2", []string{"10.73.0.0/22"}},
		{s.data, "rg-analytics", "vnet-analytics", "canadacentral", []string{"10.74.0.0/20"}},
		{s.audit, "rg-audit", "vnet-audit", "northeurope", []string{"10.75.0.0/24"}},
		{s.delegated, "rg-delegated", "vnet-delegated", "northeurope", []string{"10.76.0.0/24"}},
		{s.guarded, "rg-guarded", "vnet-guarded", "northeurope", []string{"10.77.0.0/24"}},
		{s.late, "rg-pim", "vnet-pim", "northeurope", []string{"10.78.0.0/24"}},
		{s.labs, "rg-network", "vnet-labs", "uksouth", []string{"10.64.0.0/22"}},
		{s.labs, "rg-network", "vnet-labs-data", "uksouth", []string{"10.65.0.0/22"}},
		{s.labs, "rg-network", "vnet-labs-old", "uksouth", []string{"10.60.8.0/22"}},
	} {
		made := w.addVNet(v.sub, v.group, v.name, v.region, v.prefixes...)
		made.dnsServers = []string{hostOf(v.prefixes[0], 4), hostOf(v.prefixes[0], 5)}
	}
}
