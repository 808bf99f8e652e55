package vantage

import (
	"fmt"
	"strings"

	"peerdeck/model"
	dnstable "peerdeck/model/dns/table"
	"peerdeck/model/safe"
)

// Question is what is to be asked on a machine inside the VNET.
type Question struct {
	Domain  safe.Text // the row of the mapping table
	Name    safe.Text // to be resolved; empty asks for the domain itself
	Servers []safe.Text
	// NoRecursion asks for the SOA record without a wish for recursion too.
	NoRecursion bool
	// Random is a name that cannot exist, empty to leave it out.
	Random safe.Text
}

// Commands returns the lines to run, the same questions that peerdeck asks: for each
// server the SOA record of the domain over UDP and over TCP, and the addresses of the
// name. UDP is not followed by TCP, so that a cut answer shows. A server that is no
// address, and a name that cannot be asked for, are left out.
func (q Question) Commands() []string {
	name := q.Name.Or(q.Domain.Raw())
	var out []string
	for _, s := range q.Servers {
		server, ok := dnstable.NormalServer(s.Raw())
		if !ok {
			continue
		}
		line := func(n safe.Text, more string) {
			if word, ok := asked(n); ok {
				out = append(out, "dig @"+model.ShellQuote(server)+" "+word+" "+more+" +time=2 +tries=2")
			}
		}
		line(q.Domain, "SOA +ignore")
		line(q.Domain, "SOA +tcp")
		if q.NoRecursion {
			line(q.Domain, "SOA +norecurse")
		}
		line(name, "A")
		line(name, "AAAA")
		if !q.Random.IsEmpty() {
			line(q.Random, "A")
		}
	}
	return out
}

// asked returns a name as one word of a shell that dig takes for a name.
func asked(n safe.Text) (string, bool) {
	name := dnstable.Normalise(n.Raw()).ASCII
	if name == "" {
		return "", false
	}
	return model.ShellQuote(strings.TrimSuffix(name, ".") + "."), true
}

// Script is the lines as one script for sh, to be run or pasted as it is. It writes each
// command before its output, which dig does not do when it cannot connect.
func (q Question) Script() string { return script(q.Commands()) }

func script(commands []string) string {
	if len(commands) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("ask() { printf '$ dig %s\\n' \"$*\"; dig \"$@\" 2>&1; }\n")
	for _, c := range commands {
		b.WriteString("ask " + strings.TrimPrefix(c, "dig ") + "\n")
	}
	return b.String()
}

// perRun is how many commands one run on a virtual machine gets: Azure returns the last
// 4,096 characters of what they print, and an answer has some 600.
const perRun = 5

// RunCommand is a script that asks the questions on a virtual machine through Azure,
// for somebody who is signed in with az. VM is the machine's name; when it is empty,
// the first machine with a network card in the VNET is taken, which must run Linux. The
// script is empty when the VNET is not known, or nothing can be asked.
func (q Question) RunCommand(vnet model.VNetRef, vm safe.Text) string {
	commands := q.Commands()
	if len(commands) == 0 || vnet.SubscriptionID.IsEmpty() || vnet.ResourceGroup.IsEmpty() || vnet.Name.IsEmpty() {
		return ""
	}
	var b strings.Builder
	machine := `--ids "$vm"`
	if vm.IsEmpty() {
		b.WriteString(findMachine(vnet))
	} else {
		machine = "--subscription " + model.ShellQuote(vnet.SubscriptionID.String()) + " --resource-group " + model.ShellQuote(vnet.ResourceGroup.String()) +
			" --name " + model.ShellQuote(vm.String())
	}
	for len(commands) > 0 {
		n := min(perRun, len(commands))
		fmt.Fprintf(&b, "az vm run-command invoke %s --command-id RunShellScript --output json --scripts %s\n", machine, model.ShellQuote(script(commands[:n])))
		commands = commands[n:]
	}
	return b.String()
}

// findMachine sets vm to the id of a machine in the VNET.
func findMachine(vnet model.VNetRef) string {
	subnets := "/virtualNetworks/" + vnet.Name.String() + "/subnets/"
	query := "[?virtualMachine && ipConfigurations[?contains(subnet.id || '', '" + jmesText(subnets) + "')]].virtualMachine.id | [0]"
	return "vm=$(az network nic list --subscription " + model.ShellQuote(vnet.SubscriptionID.String()) + " --query " + model.ShellQuote(query) + " --output tsv)\n" +
		": \"${vm:?no virtual machine was found in this VNET; set vm to the id of one}\"\n"
}

// jmesText writes a text between the quotes of a JMESPath literal.
func jmesText(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, `\`, `\\`), "'", `\'`)
}
