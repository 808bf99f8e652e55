package table_test

import (
	"testing"

	"peerdeck/model"
	dnstable "peerdeck/model/dns/table"
	"peerdeck/model/safe"
)

// A domain has dots as the path of a field has: the longest one that fits is meant.
func TestRefused(t *testing.T) {
	t.Parallel()
	rows := []dnstable.Row{
		{Key: safe.New("org"), Servers: []safe.Text{safe.New("10.0.0.4")}},
		{Key: safe.New("example.org"), Servers: []safe.Text{safe.New("10.0.0.4"), safe.New("10.0.0.5")}},
		{Key: safe.New("A.Example.org."), Servers: []safe.Text{safe.New("10.0.0.4")}},
	}
	for field, want := range map[string][2]int{
		"private_dns_attachment_config.dns_config.example.org.remote_dns_server_ip_addresses.1":       {1, 1},
		"body.private_dns_attachment_config.dns_config.example.org.remote_dns_server_ip_addresses[0]": {1, 0},
		"private_dns_attachment_config.dns_config['a.example.org'].remote_dns_server_ip_addresses":    {2, -1},
		`private_dns_attachment_config.dns_config["example.org"]`:                                     {1, -1},
		"private_dns_attachment_config.dns_config.example.org":                                        {1, -1},
		"private_dns_attachment_config.dns_config.org.remote_dns_server_ip_addresses.7":               {0, -1},
		"private_dns_attachment_config.dns_config.example.organic":                                    {-1, -1},
		"private_dns_attachment_config.dns_config":                                                    {-1, -1},
		"private_dns_attachment_config.kind":                                                          {-1, -1},
		"":                                                                                            {-1, -1},
	} {
		row, server := dnstable.Refused(model.InvalidParameter{Field: safe.New(field)}, rows)
		if got := [2]int{row, server}; got != want {
			t.Errorf("%s: %v, want %v", field, got, want)
		}
	}
}
