# the forwarders of the hub
Import-Module DnsServer
Add-DnsServerConditionalForwarderZone -Name "corp.example.com" -MasterServers 10.1.0.4,10.1.0.5 -ReplicationScope "Forest"
Add-DnsServerConditionalForwarderZone -MasterServers @("10.1.0.6") `
    -Name 'example.net' -PassThru
Add-DnsServerConditionalForwarderZone –Name db.corp.example.com –Master 10.1.0.6
Add-DnsServerConditionalForwarderZone -Name $zone -MasterServers 10.1.0.6
Add-DnsServerConditionalForwarderZone @params
Add-DnsServerForwarder -IPAddress 10.9.9.9
Add-DnsClientNrptRule -Namespace ".eu.example.org",".us.example.org" -NameServers "10.1.0.8"
Remove-DnsServerZone -Name old.example.org -Force
C:\> dnscmd dc01 /ZoneAdd pay.example.org /DsForwarder 10.1.0.4 10.1.0.5 /TimeOut 5
dnscmd /ZoneAdd static.example.org /Primary
dnscmd . /ZoneResetMasters hr.example.org 10.1.0.7
the servers were changed on Monday 10.1.0.4
$zones = "a.example.org", "b.example.org"
foreach ($z in $zones) { Add-DnsServerConditionalForwarderZone -Name $z -MasterServers 10.1.0.4 }
Invoke-Command -ComputerName dc1 { Add-DnsServerConditionalForwarderZone -Name c.example.org -MasterServers 10.1.0.4 }
