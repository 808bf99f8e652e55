package redact

// commonWords are the words of peerdeck's own sentences, and rareWords those of its
// documents and of the clouds': what stays readable in a text that is redacted. A thing
// that is called like a common word is replaced where a name stands, and in a text only
// where it is quoted or given to a flag; a name that is a rare word is replaced
// everywhere.
const commonWords = `
aadsts about above accept acceptance accepted access account accounts act action actions activated activity acts ad add added addr address addresses
adds admin administrator after again against ago agree agreement alias aliases all allow allowed allows alone along already also altered although
among an and anew another answer answered answers any anything application applications applied apply applying are arm armauthorization armnetwork
around arpa arrow as ascii aside ask asked asking asks assign assignable assigned assignee assignment assignments association at attached attachment
attempt authentication authority authorization auto availability away aws az azcore azurecr azuresynapse azurewebsites back bad base be became because
becomes been before began begin beginning begins begun behind being belong belongs below beside between binary bind blank blob block blocked blocks
body both break bring brings broken browser bubbletea bufio build building built bundle busy but by bytes cache called calls came can cancel cancelled
cannot card carries carry case cause cell cells certificate change changed changes changing character characters charm charmbracelet check checked
checks chinacloudapi choose chosen cidr circle cli client clients close closed closes clouds cmp cn cname cobra code codes column columns com come
comes command commands compare compared complete condition conditional conditions conf config configmap configuration confirm conflict connect
connected connecting connection consent content context contract control copies copy corefile correct cosmos could count counterpart cover covers
create created crypto csv ctrl cure curl custom customer cut damaged database date dead debug decided deep default definition definitions delegated
delegation delete deleted deletes deleting deletion denied deny describe description destination details device devices dialog did diff differ
difference different differs dig digits directory disable disabled disallowed disconnected disk display dns dnscmd dnsmasq
dnsserverconditionalforwarderzone do document documented documents does domain domains done dot dots down draft drafts drop drops dry each earlier
echo edit edited edits edns effect elif else elsewhere empty enable enabled encoding encrypted end ended ending endpoint endpoints ends enter
enterprise entity entra entries entry eq equal error errors esc event every everything evidence example exceeded exec exist exists exit expected
expired explain export extended fact fail failed fails failure failures fall false far fault feed fewer fi field file filepath fill filter find
finding findings finds fine firewall first five fixed flags flaps fmt folder follow for forbids form format formats forward forwarder forwarders
forwarding forwards found four fqdn free from fs full further gave gcp get gets github give given gives global go goccy goes golang gone good google
graph grep group groups guess guid had half halves han hand handoff has have header heard help here hex history hold holds hop host hosted hour how
http https hung hyphen id identity ids if import in inbound include inherited initializing initiated initiating input inside install instance instead
international interruption into invalid io ip ips ipv is it items its itself journal json jsonl judged just keep keeps kept key keyring keys kind kit
know known knows konghq kubectl kubernetes label labels land large larger last late latency later latin lead leads least leave leaves left let lets
letter letters level lie lies like likely limit limits line lines link linked links lint list listed listens lists live load loaded local lock locked
log login long longer look looked looking looks loop lost lower machine machines made make makes managed manager many map mapped mapping mappings maps
mark master masterservers match matches math matter may md me mean means meant meanwhile member members mend merge message met metadata method mi
microsoft miekg min mine minute minutes missing mode model moment more most mouse move moved ms multicast must name named names nameserver nameservers
namespace near need needed needs neither net netip network networks never new newer next no nobody none nor norecurse not note nothing now nowhere ns
nsg nsid null number numbers object of off offers offline often ok old older omitempty omitzero on once one ones only open opened operation option
options or order org organization origin os other others out outbound outdated output outside outweighs over overlap overlaps own owner owns packets
page pairs part pass passes password paste pasted path pattern pause paused pauses peer peerdeck peered peering peerings pending people permission
permissions person pgdown pgup phrase pick place plain plane planes please plugin plugins point points policies policy port portal postgres prefixes
preflight previous principal print printed printf prints priority privatelink privileged probe probes problem problems program programs properties
protocol proven proves provider providers provisioning proxy prune purpose put puts pv qname qr query question questions quota quotation quoted ra
rand range ranges rcode rd reach reachable reached reaches read reader readers reading reads ready reason record recorded records recurse recursion
redis refer references refers reflect refresh refuse refused refuses regexp register registered release remote remove removed removes replace replaced
reply report reported reports request requests reserved resolve resolved resolvers resolves resource resourcemanager rest restore result resume retry
rev reverse review rfc right rights role roles room root round route routes row rows rule rules ruleset rulesets run running runs runtime safe said
same save saved say says scheme scope scopes screen screens script scripts scroll sdk search second seconds secret section see seen sees select
selected send sends sent sentence serial server servers servfail set sets setting settings setup several severity sh sha share shell shift short
shorter should show shown shows side sign signed signin signing silence silent since six size skip skipped slices slow so soa socks some somebody
someone something sort source sp space spf split spread ssh staged stale stand standard stands star start starting starts state states status stay
stays stead step steps still stood stop stopped stops stored strconv strings stub subject subnets subscription subscriptions subtree succeeded such
suffix support switch switched sync sys syscall system systemd tab table tables take taken takes target targets tc tcp tear teardown tell tells ten
tenant terminal terminated terminating terraform testable text than that the their theirs them theme themselves then there these they thing this those
three through ticket time timed timeout times tls to today together token tokens told too took trace traffic transport trap tries trouble true trust
try ts tsv ttl turn twice two txt type typed udp ui under understood undo unfinished unicode unknown unless unreachable unread unreadable unseen until
up update updated ups upstream upstreams url us use used user uses usgovcloudapi usual usually utf valid value values vantage variable vaultcore
verdict version via view virtual virtualnetworks vne vpc wait waited waiting waits wanted wants warned warning warnings was watch watched watches
watching way ways well were what whatever when where whether which while who whoever whole whose why wide widget wildcard will willing windows
windowsazure wins wiring with within without word words work working works workspace world would write writes writing written wrong wvd www xdg xfe
xff xn yaml yes yet you your yours yourself zonename zones
`

const rareWords = `
isn doesn didn won wasn aren don hasn haven couldn wouldn shouldn hadn weren ve re ll
abcdefghijklmnopqrstuvwxyz absent accepting accepts accessdenied accessible accessing accomplish accordingly acl acls across acted activate active
adding addition additional addon addressspaceoverlaps addressspacesoverlap adguard adminconsent administer administers adrg adu advanced advertises
advice aeiou affected afs afsdb afterwards age agent agentsvc agrees ah ai aks algorithm align alike alive allmine allocation allocs alltheirs alt
alternate alternative altogether always am amd analysis analytics anchor anotheroperationinprogress anotherpeeringalreadyreferences anothers ansi
answering anthropic anybody anyconnect anyway anywhere apache apart api apiversion app appends appid appliance applies approve apr arc architecture
archive args arguments argv arithmetic armprivatedns armsubscriptions arn array arrows asker aspect assigns associate associated assume assuming ast
asymmetric asynchronous asyncoperation atomic attachments attempts attention attest attribute attributes audience audio audit aug australia auth
authenticate authenticated authenticating authoritative authorizationfailed authorized auths automatically automation automations autopilot autoscale
autoscaling auxiliary av available awaiting axfr azconfig azidentity azk azmk azure azureactivedirectory azurecloud azurecontainer azurecontainerapps
azuredatabricks azureedge azurefd azurefrontdoor azurehdinsight azurehealthcareapis azureiotcentral azureloadbalancer azureml azuremonitor
azureplatformdns azureplatformimds azureplatformlkm azureprivatedns azurerm azurestaticapps azuretrafficmanager backend background backing backlog
backslash backup badchain balancer balancing bare based bash basic bastion batch bearer bedrock beforehand behavior behavioral behaviour believes
belonging benchmark best beta better beyond bidi bin bits blanks blocky blueprint blueprints bodies bogus bool boolean bopomofo botframework bound
boundary bounded bounds br braces bracket brackets breaks bridge broadcast brought bubble bubbles bucket budget buffering bug bundles byte cached
cachedb caching cali call callback caller calling canceled cannotdelete capacity capped capture captures cards carried carrier carriers cassandra cat
catalogue catch category causes cdnskey cds center cert certain certificates certs ch chain challenge chance changelog channel characteristics charset
chat checker checking checksum child china chinacloudsites chmod choice choices chose chunked ci cilium cim claim claims clash class classless clause
clean clear clearing clears click clipboard clock clone closing cloud cloudapp cloudflare cluster cni co cognitiveservices cold colleague collection
colon color colorprofile colour colours combination combined combos comma commit committed common communications company compares comparison
compatibility compatible completed complexity components compress concatenated concern concerning concerns concluded conclusion concurrency confidence
configs configurable configurations configure configured configuring confirmed conflicting conflictingconcurrentwrite conflicts connections connector
connects consecutive consents consistent const constant consumer consumers contact contain container containers containerservice containing contains
contents continue contributor controller controls cookie copied copyall core coredns corp correctly correlation corresponding cost costs counted
counts covered cpspec crash crc creates creating creation creator cred credential credentials cross crt cscotun csync ctype current currently cursor
cuts cx cyrillic dark darwin dash dashboard dashboards dashscope data databricks datafactory dataplane dataplanes datastore day days dc dcgw deadline
deadlineexceeded deal debian dec decide decides decision decisions decoration decorations dedicated defaults define defined defines defining degraphql
delay delayed delegate delegates delegations delimited demands demo denial denies denyassignment dependencies dependent dependents depending depends
deploy deployed deployer deployment deprecated depth desc describes describing descriptor design desired desktop destinations detail detailed
determine determined determines determining dev devel developer developers development dfs di dicom didn differences digest digit digitaltwins
dimensions dir direct directaccessdnsservers direction directions directline directly dirty disabledsubscription disallowedbypolicy discovery disks
dismiss displayname distance distro div dll dms dname dnsclientnrptrule dnscrypt dnsfacts dnskey dnsname dnsreview dnsreviewscenes dnssec
dnsserverforwarder dnsservers dnsserverstubzone dnstap dnsutils dnszone docker docs doctor doctype documentation doesn domainname doubt doubtful
downgrade dp draw drawing draws drift dropped ds dscp dsforwarder dsstub dth due dump duplicate during dx dynamic dynamically dynlib east eastus ecdsa
edges editable editor effective egress eight either elasti elasticache element eligible email embedded embedding embeddings ename enclose encoded
encryption encrypts enforcement enforces engine engineers enough entered entities enum enumerated enumeration environment environments epoch equality
equals erroneous es esac escape escaped escapes esp establish estimate etag eth ethernets eui europe even eventgrid events eventually ever everybody
everywhere exact exactly examples exceededlimit exceeds exceedslimit except exchange exchanges exclude excluded excludes exe execute executed exempt
exemption existed existing expand expect expects expiration expires explained explains explanation explicit exploration exports expression expressions
ext extend extension extensions external extra eye fabric factor factory facts failing failover fake fallback falls fang fanout faqs feature feb
federated feeds fetch fetched fewest fg fhir fields figure figures files filled fills filtered filtering filters finger fingers finish fit fits flag
flannel flate flight floor flow fnv followed following font forbade forbid forbidden force foreach foreign forged forges formatting formerr forms
forwarded forwardingconfig forwardingrulestate forwardplugin forwardzone fragments frame frames fresh fri frontend fsync fully function functionality
future fuzz fuzzy fwd gap garbled gate gateway gatewaymanager gateways gb gcloud ge gemini general generate generated generating generic geo getting
gib gitui gmt goal going golden goroutine got gpd grade grafana grained grant grants graphql greek green gremlin grouping grows grpc grpcs guard
guessed guest guestconfiguration habits handle handler handles handling hangs hangul happen happens hardly harm harness hash hashing having head
headers health healthchecks healthy heap hears height held hello helper helps hexadecimal hide hides high highly hinfo hint hiragana his hmac hole
holes home honoured honours hostname hostnames hosts hourly hours hr href hs html httpstatuses hub hubs huggingface human hup hyphens icann icmp
idempotent identical identification identified identifier identifiers identifies identify idle idna idspec ies ignore ignored image images img imitate
immutable impersonation implementation implies imports inactive includes including inclusive incoming increasing independent india indicate indication
individual individually inequality inf inference inferred info infoblox information infrastructure ingress initialized injection inner insecure
insensitive insensitively insensitivity installed instances instructions insufficient insufficientprivileges int integer integration integrations
intent interaction interface interfaces intermediate internal internalerror internalservererror internationalized internet interop interrupted
interval intranet invalidauthenticationtokentenant invalidresourcereference invalidsubscriptionid invitation invite invited invites invoke ipaddress
ipconfig ipsec ipset isautocreated isdsintegrated issue issuer issues item ixfr jan jitter jmespath job join joined joining journals judge judgement
judges jul jump jun katakana kb kdig keepalive keeping keyed ki kib kill killed kills kinds knot knowing kong kongctl konggateway konnect konnects
kpat kubernetesconfiguration kusto lacks ladder lag lame lan lang laptop lasts latest latter law layer layers lazygit lc leading leak leaks learn
learns leaving legacy length less levels lexer li license lifecycle lift lifted ligatures light likes limited limitexceeded limiting limitreached
linkedaccesscheckfailed linkedauthorization linkedauthorizationfailed linux lipgloss listen listened listener listing listresolverrules literal little
lives llama loadbalancer loads loc localdomain localhost localization locally locals locate located location locks logfile logged logging logs longest
lookup lookups loopback lose lowercase lt lxc lxdbr mac macos mail main maintainer making manage managedhsm management managementgroups manages
managing manifest manual mar mariadb markdown marked marks masters matched matching matrix matters maximum mb meaning measured measurements measures
mechanism mechanisms media median medium meets membership memberships memory mended merged merges mesh messages meta methods metric mib micro
microservice microsoftonline mid middle might migration milliseconds mime minimum minor mismatch misses missingsubscription
missingsubscriptionregistration misspelt mistral mixed mixes mktemp mnchen modeback models modified modify module modules mon mongo mongocluster
monitor mono monotonically months mostly moves mozilla msal msauth msec msftauth msg msidentity mst mtls much multi multiple mx my myplugin mysql
namehost nan naptr narrow nat native navigator nchen nd nearest nearly necessary negative nested netplan nets networking networkmanager newest
nextnetwork nginx nic nodata node nodes noed noedns noerror non nordflag nordlynx norec normal normalize notation notauth notcp notebooks noted notes
notfound notice notify notimp notzone nov novc november nrpt nsec nslookup nullable nx nxdomain nxrrset oasis oauth obeyed objects objs observed
obtaining oci ocontains oct octal octet octo odata odd oddly ods oeq offer offered office official offset oidc oldest ollama omit
omitted oms onion online opcode openai openapi openid openpgpkey opens operate operational operationpreempted operations operator operators opinsights
opt optional optionally oracle ordinary organizational organizations origins otherwise our ours outage outcome outlives overridden override overrides
overwritten package packed packet pagedown pager pages pageup paginated pagination paging paint pair paired palette pane panic param parameter
parameters parent parents parse parser parsing parted partial partials partition partly parts passed passing passive passthrough past patc patch paths
patience pbidedicated pdf peeringisdisconnected peers pem per perform performance performed perhaps period permit permitted personal pgdn pgvector
phonetic pi picked picking picks pid pihole pim pinned pipe pipeline pipes pk placeholder places plan planned platform plus pm png podman pointing
policyviolation poll poller polling polls pool portals ports possible post power powerdns powerful powerquery powershell ppp precedence precondition
predefined prefer preferred prefers prefix premises prereqs present preserve press preview previousnetwork primaries primary principalnotfound
principals private privatedns privileges probed proc process prod product production products profile progress prohibited project promise prompt
property proposes protocols provided provision provisioned provisions proxied proxies proxying ps pseudo ptr public publicsuffix publish published
publisher publishes purview purviewstudio python qix qtyp qtype quad qualifier quarter queries querytype queue quit quits quotaexceeded quotas raise
raised ram ran random rate ratelimit rbac rcvd rdata rdflag readable readiness readme readonly real really reasons rec receive received receives
receiving recognized recommended recordings recreate recursive recursor redirect redisenterprise redo redundant reference referenceable referenced
referencedresourcenotprovisioned referencing refusal regardless regedit regex region regional regions registering registers registration registry
regoin regular rejected related releases relevant rem remaining remark remarks remotepeeringisdisconnected remotevnettohubpeering removal removing
rename renamed renameio renames render renew reorderedipaddress repeat repeated repetition replacement replaces replica replicas replies repo
representation representing represents requestdenied requested require required requirements requires reserves reset resetforwarders resilient
resolution resolv resolvectl resolver resolverrule resolverrules resolving resourcegroup resourcegroupnotfound resourcegroups resourcenotfound
resources respected response responses restart restarted restored restricted restrictive results resumed resumes retention retriable retried retries
retrieve retrieved retrieves retrieving retryable retryableerror retrying return returned returns reuse revert revision revoke revoked revservers
rewrite rf ring rise rm robin rose rotate routed router routing rp rpz rrsig rs rsc rtf rulebook rulers rundll sahilm saml sample sandbox sat saves
saw sc scenario scenarios schema schemas schemes scm scoped scopelocked scutil searched secondary secrets sections securely security sed seed seeing
seems segments selection self semantic semantics semicolon semicolons sender sending sense sensitive sentinel sep separate separation sequential
serials serve serverless serves service servicebus serviceprincipal services serviceunavailable serving session sessions setupfixture severities
shadowed shape shapes shared sheet shellcheck shorten showed sides signal signalr signals signatures signs silently simulated singapore single
sit siterecovery sixth skew skips slash slave sleep slip slog slots slowed slowest small smimea snapshot snippets snis somewhere sortlist sources
spaces span spare spat speak speaks spec special specific specified specifies specify specs spelling spellings splits spoke spoken spreads spreadsheet
sql square src srv sshd sshfp ssl st stable stack stacks stage stages standing started stated statement static statuses stderr stdout sticky storage
store stores storm story stranger strategy stream streaming strict string strip stubdomains stubzone style sub subnet subscriptiondisabled
subscriptionisdisabled subscriptionnotactive subscriptionnotfound subscriptionnotregistered success successes successful successfully sudo suffixes
summary sun superseded supported supports sure suspend suspended svcb sweep symbols symptom symptoms synced syncs systems tag tagged tags tailscale
tap targetdnsservers targetips td team teams tears tech technitium telemetry telephone temporary tenantnotfound tenants term termination test testdata
tested tests textinput texts tf th things thinks thought threshold throttl throttled throttling throughput thu ticker tie tier tiered timedout
timeouts timestamp timestamps tip title tlsa tlsv tmux todnames tool tools toomanyrequests top toplevel torn total touched tr traceback traced tracer
traces tracescenes trafficmanager trailing training transfer transferred transform transit transitional transitions transitive translation treat tried
troubleshoot troubleshooting trunc truncate truncated trusted trusts trying tty tue tun tuned tunnel typ types uk ul unable unauthenticated
unauthorized unavailable unbound unchecked undefined underscore underscored underscores understand understands undone unencrypted unexpected unfilter
unhealthy union unique uniquely united universally unix unlinked unmarshalling unpacked unproven unreach unselect unset unsteadily unsupported unsure
untestable unusual updates updating upgrade upn upper uppercase upsert upserted urgency urgent uri urls usable usage usec useful usereroothint
username useroothint users using utc utils uts utun uuid validate validating validation validity vanish var variables variant various vars vault
vaults vboxnet vc vcs vectordb verbose verdicts verification verified verifies verify verifying verisign versions vertex very veth vethernet vhub
video viewer viewport views violation virbr virtualappliance virtualnetwork virtualnetworkgateway virtualnetworknotfound visibility visible vm vmnet
vnet vnetlocal vnetnotfound vnets vpn vti walk warn watcher wayland web webpubsub wed weight went wg wheel whenever widen wider width wildcards window
wire wireguard wizard worded wording workbook worked worker workload worse worst worth writable writer wrote wsl wslview xcf xd xe xfrm xlarge xml
xmlns xx ya yml yxdomain yxrrset za zalando zero zeros zip zone zoneadd zonemd zoneresetmasters zonetype zt
`
