// Package azurenet holds what Azure says of the network around a VNET (security groups,
// route tables, network cards, security admin rules, load balancers, application gateways,
// private endpoints) and tells what becomes of one question: whether it gets from a gateway
// network to an address of the VNET, and whether the reply finds its way back; or the same
// for a connection that something in the VNET begins.
//
// The order is Azure's: security admin rules of Virtual Network Manager first (Allow goes
// on to the security groups, AlwaysAllow and Deny decide), then the security groups of the
// subnet and of the network card, which both have to let a question in; rules by their
// priority, the first that fits decides. Replies to what was let in are let out by the same
// groups, whatever their outbound rules say. Routes by the longest prefix, and of equally
// long ones the user's before those that a gateway learns before those of the system, of
// which the routes of peerings are some.
//
// What was not read, or is a word that is not known here, never decides silently: where it
// would change the verdict, the verdict is "not known", and says why. Firewalls inside
// machines and appliances are not seen here.
package azurenet
