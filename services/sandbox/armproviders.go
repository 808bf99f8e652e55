package sandbox

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"
)

// The states of a namespace in a subscription.
const (
	stateRegistered    = "Registered"
	stateRegistering   = "Registering"
	stateNotRegistered = "NotRegistered"
)

// ProviderState is what becomes of a namespace in a subscription.
type ProviderState struct {
	Namespace string `yaml:"namespace"` // such as Microsoft.Network
	State     string `yaml:"state"`     // Registered, Registering, NotRegistered
}

func isRegistration(word string) bool { return strings.EqualFold(word, "register") }

func areTypes(word string) bool { return strings.EqualFold(word, "resourceTypes") }

// providers answers for the namespaces of a subscription, and registers one.
func (q armRequest) providers(sub *subscription, path []string) reply {
	if refusal, ok := q.versionOf(nsResources, "subscriptions", ""); !ok {
		return refusal
	}
	action := "Microsoft.Resources/subscriptions/providers/read"
	register := len(path) > 1 && isRegistration(path[1])
	if register {
		action = q.spelt(path[0]) + "/register/action"
	}
	if !q.w.userMay(sub.tenant, sub.scope(), action) {
		return q.forbidden(action, sub.scope())
	}
	switch {
	case len(path) == 0 && q.Method == http.MethodGet:
		return q.listProviders(sub.scope(), sub)
	case !slices.Contains(q.w.namespaces(), q.spelt(path[0])):
		return armError(q.w, http.StatusNotFound, "InvalidResourceNamespace", "The resource namespace '"+path[0]+"' is invalid.")
	case register && q.Method == http.MethodPost:
		return q.register(sub, q.spelt(path[0]))
	case len(path) > 1 && !register && q.Method == http.MethodGet:
		provider := q.w.renderProvider(sub.scope(), q.spelt(path[0]), q.w.registration(sub, path[0]))
		types, _ := provider["resourceTypes"].([]any)
		return q.listed(types)
	case !register && q.Method == http.MethodGet:
		return withHeaders(q.w, ok200(q.w.renderProvider(sub.scope(), q.spelt(path[0]), q.w.registration(sub, path[0]))))
	default:
		return q.notBuilt()
	}
}

func (q armRequest) listProviders(scope string, sub *subscription) reply {
	list := []any{}
	for _, ns := range q.w.namespaces() {
		list = append(list, q.w.renderProvider(scope, ns, q.w.registration(sub, ns)))
	}
	return q.listed(list)
}

// register begins to register a namespace, which takes some time.
func (q armRequest) register(sub *subscription, namespace string) reply {
	if q.w.registration(sub, namespace) == stateNotRegistered {
		q.w.setRegistration(sub, namespace, stateRegistering)
		q.w.after(q.now, q.w.peeringTime/3, func(w *World, _ time.Time) { w.setRegistration(sub, namespace, stateRegistered) })
	}
	return written(q.w, ok200(q.w.renderProvider(sub.scope(), namespace, q.w.registration(sub, namespace))))
}

// registration is the state of a namespace, whatever its case. Without a subscription there is
// none to be in.
func (w *World) registration(sub *subscription, namespace string) string {
	return cmp.Or(w.unregistered[sub][strings.ToLower(namespace)], stateRegistered)
}

func (w *World) setRegistration(sub *subscription, namespace, state string) {
	if w.unregistered[sub] == nil {
		w.unregistered[sub] = map[string]string{}
	}
	w.unregistered[sub][strings.ToLower(namespace)] = state
}

// namespaces are those that have types here.
func (w *World) namespaces() []string {
	var out []string
	for _, t := range w.types {
		if !slices.Contains(out, t.namespace) {
			out = append(out, t.namespace)
		}
	}
	return out
}

// spelt is a namespace as Azure spells it; one that is unknown as it is.
func (q armRequest) spelt(namespace string) string {
	for _, ns := range q.w.namespaces() {
		if strings.EqualFold(ns, namespace) {
			return ns
		}
	}
	return namespace
}

func (w *World) renderProvider(scope, namespace, state string) map[string]any {
	types := []any{}
	for _, t := range w.types {
		if t.namespace != namespace {
			continue
		}
		locations := []string{}
		if !t.global {
			locations = w.regions()
		}
		versions := slices.Clone(t.versions)
		slices.Reverse(versions)
		types = append(types, map[string]any{
			"resourceType": t.name, "locations": locations, "apiVersions": versions, "defaultApiVersion": versions[0], "capabilities": "None",
		})
	}
	policy := "RegistrationRequired"
	if namespace != nsNetwork {
		policy = "RegistrationFree"
	}
	return map[string]any{
		"id": scope + "/providers/" + namespace, "namespace": namespace, "registrationPolicy": policy, "registrationState": state, "resourceTypes": types,
	}
}

// tenantProviders answers for what stands behind /providers: the namespaces, and roles by
// their short path.
func (q armRequest) tenantProviders(path []string) reply {
	const deepest = 3
	switch {
	case len(path) > 1 && strings.EqualFold(path[0], nsAuthorization):
		if refusal, ok := q.versionOf(nsAuthorization, path[1], ""); !ok {
			return refusal
		}
		if strings.EqualFold(path[1], "roleDefinitions") && len(path) <= deepest && q.Method == http.MethodGet {
			return q.rolesOfTenant(append(path, "")[2])
		}
		return q.forbidden(nsAuthorization+"/"+path[1]+"/read", "/")
	case isResourceGraph(path) && q.Method == http.MethodPost:
		return q.resourceGraph()
	case len(path) > 1 || q.Method != http.MethodGet:
		return q.notBuilt()
	}
	if refusal, ok := q.versionOf(nsResources, "subscriptions", ""); !ok {
		return refusal
	}
	switch {
	case len(path) == 0:
		return q.listProviders("", nil)
	case !slices.Contains(q.w.namespaces(), q.spelt(path[0])):
		return armError(q.w, http.StatusNotFound, "InvalidResourceNamespace", "The resource namespace '"+path[0]+"' is invalid.")
	default:
		return withHeaders(q.w, ok200(q.w.renderProvider("", q.spelt(path[0]), stateRegistered)))
	}
}

// rolesOfTenant answers for roles without a scope: those that are built in, and by its id one
// of the tenant's that the account may read at a scope of it.
func (q armRequest) rolesOfTenant(name string) reply {
	if name != "" {
		d := q.w.role(q.tenant, name)
		if d == nil || !d.builtIn && !slices.ContainsFunc(d.scopes, func(s string) bool { return q.w.userMay(q.tenant, s, actReadRole) }) {
			return q.noRole(name)
		}
		if seen := d.seen(q.now); seen != nil && !q.w.hidden(d, hidesReads) {
			return withHeaders(q.w, ok200(renderRole(seen, nil)))
		}
		return q.noRole(name)
	}
	clauses, err := parseFilter(q.URL.Query().Get("$filter"))
	if err != nil {
		return q.badFilter()
	}
	list := []any{}
	for _, d := range q.w.builtIns {
		keep, ok := keepRole(d, "/", clauses)
		if !ok {
			return q.badFilter()
		}
		if keep {
			list = append(list, renderRole(d, nil))
		}
	}
	return q.listed(list)
}
