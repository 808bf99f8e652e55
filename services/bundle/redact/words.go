package redact

// commonWords are the words of peerdeck's own sentences, and rareWords those of its
// documents and of the clouds': what stays readable in a text that is redacted. A thing
// that is called like a common word is replaced where a name stands, and in a text only
// where it is quoted or given to a flag; a name that is a rare word is replaced
// everywhere.
const commonWords = `
aadsts about above accept acceptance accepted access account accounts act action actions activate activated activation activity acts ad add added addr
address addresses adds admin administers administrator after afterwards again against agent ago agree agreement alias aliases all allow allowed allows
alone along already also altered although among an and anew another answer answered answers any anybody anything apart application applications
applied apply applying are arm armauthorization armnetwork around arpa arrow as ascii aside ask asked asking asks assign assignable assigned assignee
assignment assignments association ast at attached attachment attempt auth authenticate authentication authority authorization auto availability
available away aws az azcore azidentity azurecloud azurecr azuresynapse azurewebsites back bad base basic be bearer became because becomes been before
began begin beginning begins begun behind being belong belongs below beside between bin binary bind blade blank blob block blocked blocks body both
branch break bring brings broken browser bubbletea bufio build building built bundle bus busy but by byte bytes cache called calls came can cancel
cancelled cannot card carries carry case cause cell cells cert certificate certificates challenge change changed changes changing character characters
charm charmbracelet check checked checks china chinacloudapi choice choose chosen cidr circle claims cli client clients clipboard clock close closed
closes clouds cmp cn cname cobra code codes color colour colours column columns com come comes command commands commit common compare compared
complete condition conditional conditions conf config configmap configuration configurations confirm conflict connect connected connecting connection
connections consent content context contexts contract control copied copies copy copying corefile correct cosmos could count counterpart cover covers
create created credential crypto csv ctrl cure curl current custom customer cut damaged dashboard database date days dead debug decided declined
dedicated deep default definition definitions delegated delegation delete deleted deletes deleting deletion denied deny deployment describe
description destination detail details device devices dialog did diff differ difference different differs dig digits dir directory disable disabled
disallowed disconnected disk display dns dnscmd dnsmasq dnsserverconditionalforwarderzone do doctor document documented documents does domain domains
done dot dots down draft drafts drop drops dry dumb dx each earlier echo edit edited edits edns effect effective elif eligible else elsewhere empty
enable enabled encoding encrypted end ended ending endpoint endpoints ends enough enter enterprise entity entra entries entry environment eq equal
error errors esc etag eu event every everything everywhere evidence example exceeded exchange exec exemption exist exists exit expected expired
expires explain export extended fact factor fail failed fails failure failures fall false far fault federated feed fewer fi field file filepath files
fill filter find finding findings finds fine firewall first fit five fixed flags flaps fmt folder follow for forbids form format formats forward
forwarded forwarder forwarders forwarding forwards found four fqdn free freedesktop from fs full further gave gcp get gets github give given gives
global go goccy goes golang gone good google government graph grep group groups guard guess guest guid had half halves han hand handoff handshake has
have header heard help helper here hex history hold holds hop host hosted hour how html http https hung hyphen id identity ids if import in inbound
include info inherited initializing initiated initiating input ins inside inspects install instance instead international interruption into invalid
invitation io ip ips ipv is issuer it item items its itself journal journals json jsonl judged just keep keeps kept key keychain keyring keys kind kit
know known knows konghq kubectl kubernetes label labels land large larger last late latency later latin lead leads least leave leaves left let lets
letter letters level lie lies like likely limit limits line lines link linked links lint linux list listed listens lists live load loaded local
localhost location lock locked log login long longer look looked looking looks loop lost lower machine machines made make makes malformed managed
manager many map mapped mapping mappings maps mark master masterservers match matches math matter may md me mean means meant meanwhile member members
mend menu merge message met meta metadata method mi microsoft microsoftonline miekg min mine minute minutes missing mode model modified moment monitor
more most mouse move moved ms much multicast must my name named names nameserver nameservers namespace near need needed needs neither net netip
network networking networks never new newer next no nobody none noproxy nor norecurse not note nothing now nowhere ns nsg nsid null number numbers
object objects of off offers offline often ok old older omitempty omitzero on once one ones only open opened opens openssl operation option options or
order org organization organizations origin os other others otherwise out outbound outdated output outside outweighs over overlap overlaps own owner
owns packets page pairs parameters part pass passed passes password paste pasted pat path pattern pause paused pauses peer peerdeck peered peering
peerings pem pending people permission permissions person pgdown pgup phrase pick pim place plain plan plane planes please plugin plugins point points
policies policy port portal postgres prefix prefixes preflight previous principal principals print printed printf prints priority privatelink
privileged probe probes problem problems proc program programs project properties protocol proven proves provider providers provisioning proxy prune
purpose put puts pv qname qr quarter query question questions quota quotation quoted ra rand range ranges rcode rd reach reachable reached reaches
read readable reader readers reading reads ready reason record recorded recording records recurse recursion redact redirect redis refer references
refers reflect refresh refuse refused refuses regexp regions register registered registration release remote remove removed removes renew replace
replaced replay reply report reported reports request requests required reserved reset resolution resolve resolved resolvers resolves resource
resourcemanager resources response rest restore result resume retry rev reverse review revoked rfc right rights role roles room root roots round route
routes routing row rows rule rules ruleset rulesets run running runs runtime safe said same save saved say says scheme scope scoped scopes screen
screens script scripts scroll sdk search second seconds secret secrets section sed see seen sees select selected send sender sends sent sentence
serial server servers serves servfail session set sets setting settings setup several severity sh sha share shell shift short should show shown shows
side sides sign signed signin signing signs silence silent since six size skip skipped slices slow small so soa socks some somebody someone something
sort source sp space speak speaks spf split spoken spread ssh ssl staged stale stand standard standins stands star start started starting starts state
states status stay stays stead step steps still stood stop stopped stops store stored strconv stream strings stub subject subnets subscription
subscriptions subtree succeeded such suffix support switch switched sync sys syscall system systemd tab table tables take taken takes target targets
tc tcp tear teardown tell tells ten tenant tenants term terminal terminated terminating terraform testable text than that the their theirs them theme
themselves then there these they thing this those three through ticket tid time timed timeout times title tls tmux to today together token tokens told
too took top total trace traffic transport trap tries trouble true truncated trust try ts tsv ttl turn twice two txt type typed types udp ufeff ui
under understood undo unexpected unfinished unicode unique unknown unless unlock unpacked unproxied unreachable unreached unread unreadable unseen
unset until unused up update updated ups upstream upstreams url us use used user username users uses usgovcloudapi usual usually utf valid value
values vantage variable variables vaultcore verdict version via view virtual virtualnetworks vne vpc wait waited waiting waits wanted wants warned
warning warnings was watch watched watches watching way ways well were what whatever when where whether which while who whoever whole whose why wide
widget wildcard will willing window windows windowsazure wins wiring with within without word words work working workload works workspace world would
writable write writes writing written wrong wvd www xdg xfe xff xn yaml yes yet you your yours yourself za zip zonename zones
`

const rareWords = `
aadmigratedroles abcdefghijklmnopqrstuvwxyz absent accepting accepts accessdenied accessible accessing accomplish accordingly acl acls across acrs
acted active adding addition additional addon addressspaceoverlaps addressspacesoverlap adguard adminconsent administer adrg adu advanced advertises
advice aeiou affected afs afsdb age agentsvc agrees ah ahead ai aka aks alert alg algorithm align alike alive allmine allocation allocs alltheirs alt
alternate alternative alto altogether always am amd amr analysis analytics anchor anotheroperationinprogress anotherpeeringalreadyreferences anothers
ansi answering anthropic anyconnect anyway anywhere apache api apiversion app append appends appid apple appliance applies approve apr arc
architecture archive area aren args arguments argv arithmetic armprivatedns armsubscriptions arn array arrows asker aspect assertion assignedto
assigns associate associated assume assuming asymmetric asynchronous asyncoperation atomic atscope attachments attempts attention attest attribute
attributes aud audience audio audit aug australia authenticated authenticating authoritative authorities authorizationfailed authorized auths
autolaunch automatically automation automations autopilot autoscale autoscaling auxiliary av avast awaiting axfr azconfig azk azmk azure
azureactivedirectory azurechina azurechinacloud azurecontainer azurecontainerapps azuredatabricks azureedge azurefd azurefrontdoor azuregerman
azuregovernment azurehdinsight azurehealthcareapis azureiotcentral azureloadbalancer azureml azuremonitor azureplatformdns azureplatformimds
azureplatformlkm azureprivatedns azurepublic azurepubliccloud azurerbac azurerm azurestaticapps azuretrafficmanager azureusgovernment
azureusgovernmentcloud azureusgovernmentdod backend background backing backlog backslash backup badchain bakotirule balancer balancing bare barracuda
based bash bastion batch bbearer bclaims become bedrock beforehand behavior behavioral behaviour believes belonging benchmark best beta better beyond
bgp bidi bit bitdefender bits blanks blocky blue blueprint blueprints bodies bogus bool boolean bopomofo botframework bound boundary bounded bounds br
braces bracket brackets breaks bridge broadcast broke brought bubble bubbles bucket budget buffering bug bundles cached cachedb caching cali call
callback caller calling calm canceled cannotdelete capabilities capacity capolids capped capture captures cards carried carrier carriers cassandra cat
catalogue catch category cato causes cdnskey cds center certain certs ch chain challenges chance changelog channel characteristics charles charset
chat checker checking checkipaddressavailability checksum child chinacloudsites chmod choices chose chunked ci cilium cim cisco claim clash class
classless clause clean clear clearing clears click clone closing cloud cloudapp cloudflare cluster cni cntlm co coat cognitiveservices cold colleague
collection collections colon colorprofile colorterm combination combined combos comma comment commercial committed communications company compares
comparison compatibility compatible completed completes complexity compliant components compress compression concatenated concern concerning concerns
concluded conclusion concurrency confidence configs configurable configure configured configuring confirmed conflicting conflictingconcurrentwrite
conflicts connector connects consecutive consented consents consistent const constant consumer consumers contact contain container containers
containerservice containing contains contents continue continuous contributor controller controls cookie copyall core coredns corp correctly
correlation corresponding cost costs couldn counted country counts covered cpspec crash crc creates creating creation creator cred credentials cross
crt cscotun csync ctx ctype currently cursor customers cuts cx cyrillic dark darwin dash dashboards dashscope data databricks datafactory dataplane
dataplanes datastore day dbus dc dcgw ddos deadline deadlineexceeded deal debian dec decide decides decision decisions decoration decorations defaults
define defined defines defining degraphql delay delayed delegate delegates delegations delimited demands demo denial denies denyassignment
denyassignmentname dependencies dependent dependents depending depends deploy deployed deployer deprecated depth der desc describes describing
descriptor design desired desktop destinations detailed determine determined determines determining dev devel developer developers development dfs di
dicom didn differences digest digit digitaltwins digproxy dimensions direct directaccessdnsservers direction directions directline directly dirty
disabledsubscription disallowedbypolicy discovery disks dismiss displayname distance distro div dll dms dname dnsclientnrptrule dnscrypt dnsfacts
dnskey dnsname dnsreview dnsreviewscenes dnssec dnsserverforwarder dnsservers dnsserverstubzone dnstap dnsutils dnszone docker docs doctype
documentation dod doesn domainname don door doors doubt doubtful downgrade dp draw drawing drawn draws drift dropped ds dscp dsforwarder dsstub dth
due dump duplicate during dynamic dynamically dynlib early east eastus ecdsa edges editable editor egress eight either elasti elasticache element
email embedded embedding embeddings ename enclose encoded encryption encrypts enforcement enforces engine engineers enhance entered entities entitle
enum enumerated enumeration env environments epoch equality equals err erroneous es esac escape escaped escapes eset esp establish estimate eth
ethernets eui europe evaluation even eventgrid events eventually ever everybody exact exactly examples exceededlimit exceeds exceedslimit except
exchanges exclude excluded excludes exe execute executed exempt exemptions existed existing exited exp expand expect expects expiration expire
explained explains explanation explicit exploration exported exports expression expressions ext extend extension extensions external extra ey eye
fabric factory facts failing failover fake fallback falls fang fanout faqs fatal feature feb federation feeds fetch fetched fewest fg fhir fiddler
fields figure figures filled fills filtered filtering filters finger fingers finish fits flag flannel flate flight floor flow fnv folders followed
following follows font forbade forbid forbidden force forcepoint foreach foreign forged forges formatting formerr forms forti fortinet
forwardingconfig forwardingrulestate forwardplugin forwardzone fqdns fragments frame frames fresh fri front frontend fsync fully function
functionality future fuzz fuzzy fwd gap garbled gate gateway gatewaymanager gateways gb gcloud ge gemini general generate generated generating generic
geo german germany getting gib gitui gmt gnome gnu goal goaway godbus godebug going golden goroutine got gov governmentdod gpd grade grafana grained
grant grants graphql gray greek green gremlin grey grouping grows grpc grpcs guessed guestconfiguration guests habits hadn handle handler handles
handling hang hangs hangul happen happens hardly harm harness hash hashing hasn haven having head headers health healthchecks healthy heap hears
height held hello helps hexadecimal hide hides high highly hinfo hint hiragana his hmac hole holes home honoured honours hops hostname hostnames hosts
hourly hours hr href hs httpproxy httpstatuses httptrace hub hubs huggingface human hup hyphens iam iat iboss icann icmp idempotent identical
identification identified identifier identifiers identifies identify identities idle idna idspec ies ignore ignored image images imds img imitate
immutable impersonation implementation implies imports inactive inadequate includes including inclusive incoming increasing independent india indicate
indication individual individually inequality inf inference inferred infoblox information infrastructure ingress initialized injection inline inner
insecure insensitive insensitively insensitivity installed instances instructions insufficient insufficientprivileges int integer integration
integrations intended intent interaction interface interfaces intermediate internal internalerror internalservererror internationalized internet
interop interrupted interval intranet invalidauthenticationtokentenant invalidresourcereference invalidsubscriptionid invite invited invites invoke
ipaddr ipaddress ipconfig ipsec ipset isautocreated isdsintegrated isn iss issue issues ixfr jan jitter jmespath job join joined joining journey judge
judgement judges jul jump jun kaspersky katakana kb kdig kee keepalive keeping keyed ki kib kill killed kills kinds kkat knot knowing kong kongctl
konggateway konnect konnects kpat ks kubernetesconfiguration kusto lacks ladder lag lame lan lang language laptop lasts latest latter law layer layers
lazygit lc ld leading leak leaks learn learns leaving legacy length less levels lexer li libraries license lifecycle lift lifted ligatures light likes
limited limitexceeded limiting limitreached linkedaccesscheckfailed linkedauthorization linkedauthorizationfailed lipgloss listdnsforwardingrulesets
listdnsresolvers listen listened listener listening listing listresolverrules literal little lives ll llama loadbalancer loads loc localdomain
localization localized locally locals locate located locationineligible locations locks logfile logged logging logins logon logout logs longest lookup
lookups loopback loosen lose loses lowercase ls lt lxc lxdbr mac macos mail main maintainer making manage managedhsm management managementgroups
manages managing mandatory manifest manual mar mariadb markdown marked marks masters matched matching matrix matters max maximum mb mc meaning
measured measurements measures mechanism mechanisms media median medium meets membership memberships memory mended mends menlo merged merges mesh
messages methods metric mfa mib micro microservice microsoftgraph mid middle might migration milliseconds mime minimum minor mismatch misses
missingsubscription missingsubscriptionregistration misspelt mistral mitmproxy mixed mixes mktemp mnchen modeback models modify module modules mon
mongo mongocluster mono monotonically months mooncake mostly moves mozilla msal msauth msec msftauth msg msi msidentity mst mtls multi multifactor
multiple mx myplugin mysql namehost nan naptr narrow nat native navigator nbf nchen nd nearest nearly necessary negative negotiate neq nested netplan
nets netskope networkmanager newest nextnetwork nginx nic nodata node nodes noed noedns noerror non nordflag nordlynx norec normal normalize notation
notauth notcp notebooks noted notes notfound notice notify notimp notyet notzone nov novc november nrpt nsec nslookup ntlm ntp nullable nx nxdomain
nxrrset oasis oauth obeyed objs observed obtaining oci ocontains oct octal octet octo odata odd oddly ods oeq offer offered office official offset oid
oidc oldest ollama omit omitted oms onion online opcode openai openapi openid opening openpgpkey operate operational operationpreempted operations
operator operators opinsights opt optional optionally oracle orange ordinary organizational origins osc our ours outage outcome outlives overridden
override overrides overwritten package packed packet pagedown pager pages pageup paginated pagination paging paint pair paired palette palo pane panic
param parameter parent parents parse parser parsing parted partial partials partition partly partner parts passing passive passthrough passwd
passwords past patc patch paths patience pbidedicated pdf peeringisdisconnected peers per perform performance performed perhaps period permit
permitted personal pfx pgdn pgvector phonetic pi picked picking picks pid pihole pinned pipe pipeline pipes pk pkix placeholder placement places
planned plans platform plus pm png podman pointed pointing policyviolation poll poller polling polls pool portals ports possible post power powerdns
powerful powerquery powershell ppp pragma precedence precondition predefined prefer preference preferred prefers premises prereqs present preserve
press pressed preview previousnetwork pricing primaries primary principalnotfound private privatedns privileges probed process prod product production
products profile progress prohibited promise prompt propagated propagation property proposes protected protection protocols provided provision
provisioned provisions proxied proxies proxying proxyname ps pseudo ptr public publicsuffix publish published publisher publishes purple purview
purviewstudio px python qix qtyp qtype quad qualifier queries querytype queue quit quits quotaexceeded quotas raise raised ram ran random rate
ratelimit rbac rcvd rdata rdflag re readiness readme readonly real really reasons rec receive received receives receiving recent recognized
recommended recordings recreate recreated recursive recursor red redisenterprise redo redundant reference referenceable referenced
referencedresourcenotprovisioned referencing refusal refusals regardless regedit regex region regional registering registers registry regoin regular
reject rejected related releases relevant rem remaining remark remarks remotepeeringisdisconnected remotevnettohubpeering removal removing rename
renamed renameio renames render renewed reorderedipaddress repeat repeated repetition replacement replaces replica replicas replies repo
representation representing represents requestdenied requested require requirements requires reserves resetforwarders resilient resolv resolvectl
resolver resolverrule resolverrules resolving resourcegroup resourcegroupnotfound resourcegroups resourcenotfound resourcetype respected responses
restart restarted restored restricted restrictive results resumed resumes resync retention retriable retried retries retrieve retrieved retrieves
retrieving retryable retryableerror retrying return returned returns reuse revert revision revoke revservers rewrite rf ring rise risk rm robin
roleassignments roledefinitions rolename rose rotate routed router rp rps rpz rrsig rs rsc rst rtf rulebook rulers rundll sahilm saml sample sandbox
sat saves saw sc scale scenario scenarios schema schemas schemes scm scopelocked scutil searched secondary sections securely security seed seeing
seems segment segments selection self semantic semantics semicolon semicolons sending sense sensitive sentinel sep separate separation sequential
serials serve serverless servername service servicebus serviceprincipal services serviceunavailable serving sessions setupfixture severities shadowed
shape shapes shared sheet shellcheck shells shorten shorter shouldn showcerts showed shut signal signalr signals signatures silently simulated
singapore single sit siterecovery sixth sizes skew skips sku skyhigh slash slave sleep slice slip slog slots slowed slowest slowly smimea snapshot
snippets snis sntp somewhere sonic soon sophos sortlist sources spaces span spare spat spawn speaking spec special specific specified specifies
specify specs spelling spellings spending splits spoke spreads spreadsheet sql square squid src srv sshd sshfp st stable stack stacks stage stages
staging standing startswithdisplayname stat stated statement static statuses stderr stdout sticky storage stores storm story stranger strategy
streaming strict string strip stubdomains stubzone sty style sub subnet subscriptiondisabled subscriptionisdisabled subscriptionnotactive
subscriptionnotfound subscriptionnotregistered success successes successful successfully sudo suffixes summary sun superseded supported supports sure
survive suspend suspended sv svcb sweep swigger symbols symptom symptoms synced syncs systems tag tagged tags tagvalue tailscale tap targetdnsservers
targetips td team teams tears tech technitium telemetry telephone temporarily temporary tenantnotfound termination test testdata tested tests
textinput texts tf th things thinks thought threshold throttl throttled throttling throughput thu thumbprint ticker tie tier tiered timedatectl
timedout timeouts timestamp timestamps tip tlsa tlsv tm tmpdir todnames tool tools toomanyrequests topic toplevel torn touched tr traceback traced
tracer traces tracescenes trafficmanager trailing training transfer transferred transform transit transitional transitions transitive translate
translated translates translation treat trial tried troubleshoot troubleshooting truecolor trunc truncate trusted trusts trying tty tue tun tuned
tunnel turned typ uid uk ul umbrella unable unauthenticated unauthorized unavailable unbound unchecked undefined underscore underscored underscores
understand understands undone unencrypted unfilter unhealthy union uniquely unit united universally unix unlinked unmarshalling unmatched unproven
unreach unsafe unselect unsteadily unsupported unsure untestable untold untrusted unusual unwritable updates updating upgrade upn upper uppercase
upsert upserted urgency urgent uri urls usable usage usages usdod usec useful usereroothint useroothint usgov usgovernment usgovernmentdod using usr
utc utid utils uts utun uuid validate validating validation validity vanish var variant various vars vault vaults vboxnet vc vcs ve vectordb verbose
verdicts verification verified verifies verify verifying verisign versions vertex very veth vethernet vhub vianet video viewer viewport views
violation vips virbr virtualappliance virtualnetwork virtualnetworkgateway virtualnetworknotfound virtualnetworkpeerings visibility visible vm vmnet
vnet vnetlocal vnetnotfound vnets vpn vt vti wa walk wall wallet wan want warn wasn watcher wayland web webpubsub websense wed weight went weren wg
wheel whenever widen wider width wildcards wire wireguard wizard won worded wording workbook worked worker workloads worse worst worth wouldn writer
wrote wsl wslview xc xcf xd xe xfrm xlarge xml xmlns xms xterm xx ya yellow yml yxdomain yxrrset zalando zero zeros zone zoneadd zonemd
zoneresetmasters zonetype zscaler zt
`
