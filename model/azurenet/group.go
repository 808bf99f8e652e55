package azurenet

import (
	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// SecurityGroup is a network security group.
type SecurityGroup struct {
	ID    safe.Text
	Name  safe.Text
	Rules []Rule // those that Azure adds included, in any order
}

// Rule is a rule of a security group.
type Rule struct {
	Name              safe.Text
	Priority          int       // the least one is asked first; 0 where Azure gave none
	Direction         safe.Text // Inbound, Outbound
	Access            safe.Text // Allow, Deny
	Protocol          safe.Text // Tcp, Udp, Icmp, Esp, Ah, *
	Sources           []safe.Text
	SourceGroups      []safe.Text // application security groups, by ARM id
	SourcePorts       []safe.Text
	Destinations      []safe.Text
	DestinationGroups []safe.Text // application security groups, by ARM id
	Ports             []safe.Text
}

// WrittenRule is a rule by itself, with how far Azure is with it.
type WrittenRule struct {
	Rule

	ID    safe.Text
	State model.ProvisioningState
}

// RuleID is the ARM id of a rule of a group.
func RuleID(group, name safe.Text) safe.Text {
	return safe.New(group.Raw() + "/securityRules/" + name.Raw())
}

// AdminRule is a security admin rule of Virtual Network Manager, as it is in effect for the
// VNET. Its access is Allow, AlwaysAllow or Deny.
type AdminRule struct {
	Rule

	ID         safe.Text
	Manager    safe.Text // name of the network manager
	Config     safe.Text // name of the configuration
	Collection safe.Text // name of the rule collection
}
