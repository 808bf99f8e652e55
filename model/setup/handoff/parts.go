package handoff

// The parts of the script behind its values. They are the same for everybody: no
// value is ever put into them.

const scriptTools = `
SUBSCRIPTION_SCOPE="/subscriptions/$SUBSCRIPTION_ID"
VNET_ID="$SUBSCRIPTION_SCOPE/resourceGroups/$RESOURCE_GROUP/providers/Microsoft.Network/virtualNetworks/$VNET_NAME"
ROLES=providers/Microsoft.Authorization/roleDefinitions
TRIES=${PEERDECK_TRIES:-30} # while Azure spreads what is new: 5 min
PAUSE=${PEERDECK_PAUSE:-10} # seconds between two tries

check=no
create_principal=no
for option in "$@"; do
	case $option in
	--check) check=yes ;;
	--create-principal) create_principal=yes ;;
	*)
		printf 'There is no option %s; there are --check and --create-principal.\n' "$option" >&2
		exit 2
		;;
	esac
done

say() { printf '%s\n' "$*"; }

# stop CODE LINE… ends the script.
stop() {
	code=$1
	shift
	printf '%s\n' "$@" >&2
	exit "$code"
}

# ask prints the answer of an az command as plain lines.
ask() {
	answer=$(az "$@" --only-show-errors --output tsv) || return 1
	printf '%s' "$answer" | tr -d '\r'
}

lower() { printf '%s' "$1" | tr '[:upper:]' '[:lower:]'; }

# explain shows what az said of an error, and the cure of common ones.
explain() {
	sed 's/^/  az: /' "$work/errors" >&2
	if grep -q LinkedAuthorizationFailed "$work/errors"; then
		stop 5 "The role is shared with other subscriptions, and changing it takes rights in each of them." \
			"Have somebody run this who is Owner or User Access Administrator in all subscriptions of the role," \
			"or have peerdeck ask for a role of another name: role_name under azure in the set-up file."
	fi
	if grep -q RoleDefinitionWithSameNameExists "$work/errors"; then
		stop 5 "A role of this name is in a subscription that this account cannot read; names are unique in a tenant." \
			"Have somebody run this who can read that subscription, or have peerdeck ask for a role of another name:" \
			"role_name under azure in the set-up file."
	fi
	if grep -q AuthorizationFailed "$work/errors"; then
		stop 5 "This account may not do that. It takes Owner or User Access Administrator on the subscription." \
			"A role that you are eligible for must be activated first. After a change, sign in again."
	fi
	stop 1 "$1"
}

# passing reports whether an error goes away by itself, when Azure has
# spread what is new.
passing() { grep -Eq 'PrincipalNotFound|RoleDefinitionDoesNotExist|PrincipalTypeNotSupported' "$work/errors"; }

before=
work=$(mktemp -d)
# shellcheck disable=SC2317 # the trap calls it
leave() {
	rm -rf "$work"
	if [ -n "$before" ]; then
		az account set --subscription "$before" --only-show-errors || true
	fi
}
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
`

const scriptSignIn = `
# 1. The Azure CLI, signed in to the right place.
command -v az >/dev/null || stop 3 "The Azure CLI, az, is not here. Install it, or run this in the Azure Cloud Shell."
tenant=$(ask account show --subscription "$SUBSCRIPTION_ID" --query tenantId 2>"$work/errors") ||
	stop 3 "This sign-in cannot see the subscription $SUBSCRIPTION_ID. Run: az login --tenant $TENANT_ID"
if [ "$(lower "$tenant")" != "$(lower "$TENANT_ID")" ]; then
	stop 3 "The subscription $SUBSCRIPTION_ID belongs to the tenant $tenant, not to $TENANT_ID." \
		"One of the two ids is wrong: correct it in the set-up file and make this script anew."
fi
selected=$(ask account show --query id)
if [ "$(lower "$selected")" != "$(lower "$SUBSCRIPTION_ID")" ]; then
	before=$selected
	az account set --subscription "$SUBSCRIPTION_ID" --only-show-errors
fi
say "Signed in to the tenant $TENANT_ID, subscription $SUBSCRIPTION_ID."
`

const scriptPrincipal = `
# 2. Kong's application in the tenant: the consent.
found=$(ask ad sp list --filter "appId eq '$APP_ID'" --query '[0].[id, accountEnabled]' 2>"$work/errors") ||
	explain "The tenant's applications cannot be read; a guest account, for one, may not."
principal=$(printf '%s' "$found" | sed -n '1s/[[:space:]].*//p')
[ -n "$principal" ] || principal=$(printf '%s' "$found" | sed -n '1p')
case $(lower "$found") in
*false*) stop 4 "Kong's application is disabled in this tenant. Enable it in Entra ID, under Enterprise applications, $principal." ;;
esac
missing=no
if [ -n "$principal" ]; then
	say "Kong's application is in the tenant: $principal."
elif [ "$create_principal" = yes ] && [ "$check" = no ]; then
	principal=$(ask ad sp create --id "$APP_ID" --query id 2>"$work/errors") ||
		explain "Kong's application could not be put into the tenant."
	say "Put Kong's application into the tenant, without a recorded consent: $principal."
elif [ "$check" = yes ]; then
	missing=yes
	say "Missing: the consent to Kong's application. Open $CONSENT_LINK"
else
	stop 4 "Kong's application is not in the tenant yet. Let an administrator of the tenant open this page and accept:" \
		"" "  $CONSENT_LINK" "" \
		"Then run this again. It can take some minutes until the consent is seen." \
		"Or run it with --create-principal: that lets the application in, and no consent is recorded."
fi
`

const scriptRole = `
# 3. The role, under one of its two names, in any subscription that is
# readable.
role=
home=
subscriptions=$(ask account list --query "[?tenantId=='$tenant' && state=='Enabled' && id!='$SUBSCRIPTION_ID'].id") || subscriptions=
for subscription in "$SUBSCRIPTION_ID" $subscriptions; do
	for name in "$ROLE_NAME" "$OTHER_ROLE_NAME"; do
		[ -z "$role" ] || continue
		if ! role=$(ask role definition list --name "$name" --custom-role-only true --scope "/subscriptions/$subscription" --query '[0].name' 2>"$work/errors"); then
			[ "$subscription" != "$SUBSCRIPTION_ID" ] || explain "The roles of the subscription cannot be read."
			role=
		fi
		[ -z "$role" ] || home="/subscriptions/$subscription"
	done # with the names
done

# role_has prints a list of the role, one a line.
role_has() { ask role definition list --name "$role" --custom-role-only true --scope "$home" --query "[0].$1"; }

# allowed reports whether one of the role's sets of rights gives an
# action: each line lists what a set gives and, behind a dash, what it
# takes away again. denied reports whether one takes it away.
allowed() { judged "$1" yes; }
denied() { judged "$1" no; }

judged() (
	set -f # a star is no file here
	while read -r set; do
		gives=none
		means=yes
		for pattern in $set; do
			if [ "$pattern" = - ]; then
				means=no
				continue
			fi
			# the star of a right is the star of a pattern
			# shellcheck disable=SC2254
			case $(lower "$1") in
			$(lower "$pattern")) gives=$means ;;
			esac
		done
		[ "$gives" != "$2" ] || exit 0
	done <"$work/sets"
	exit 1
)

scope_missing=no
actions_missing=
if [ -n "$role" ]; then
	role_has 'assignableScopes[]' >"$work/scopes" || stop 1 "The role $role cannot be read."
	grep -qixF -e "$SUBSCRIPTION_SCOPE" -e / "$work/scopes" || scope_missing=yes
	{ role_has "permissions[].join(' ', [not_null(actions, ['']), '-', not_null(notActions, [''])][])" && echo; } >"$work/sets" ||
		stop 1 "The role $role cannot be read."
	for action in $ACTIONS; do
		allowed "$action" || actions_missing="$actions_missing $action"
	done
fi
`

const scriptRoleWrite = `
if [ -z "$role" ] && [ "$check" = yes ]; then
	missing=yes
	say "Missing: the role $ROLE_NAME."
elif [ -z "$role" ]; then
	printf '%s\n' "$ROLE_JSON" >"$work/role.json"
	role=$(ask role definition create --role-definition "@$work/role.json" --query name 2>"$work/errors") ||
		explain "The role could not be made."
	say "Made the role $ROLE_NAME: $role."
elif [ "$scope_missing" = no ] && [ -z "$actions_missing" ]; then
	say "The role is there, with all it needs: $role."
elif [ "$check" = yes ]; then
	missing=yes
	say "Missing in the role $role:$actions_missing$([ "$scope_missing" = no ] || printf ' the subscription %s' "$SUBSCRIPTION_ID")."
else
	for action in $actions_missing; do
		! denied "$action" || stop 1 "The role $role takes away $action, so adding it does not help. Change it by hand, or use another role name."
	done
	# az writes the whole role anew, so it is read and completed in
	# one question.
	scopes=assignableScopes
	[ "$scope_missing" = no ] || scopes="[assignableScopes, ['$SUBSCRIPTION_SCOPE']][]"
	rights=permissions
	if [ -n "$actions_missing" ]; then
		quoted=
		for action in $actions_missing; do quoted="$quoted${quoted:+, }'$action'"; done
		# Azure takes a custom role with one set of rights only.
		of='permissions[0]'
		rights="[{actions: [$of.actions, [$quoted]][], notActions: $of.notActions, dataActions: $of.dataActions, notDataActions: $of.notDataActions}]"
	fi
	az role definition list --name "$role" --custom-role-only true --scope "$home" --only-show-errors --output json \
		--query "[0].{id: id, roleName: roleName, description: description, permissions: $rights, assignableScopes: $scopes}" \
		>"$work/role.json" || stop 1 "The role $role cannot be read."
	az role definition update --role-definition "@$work/role.json" --only-show-errors --output none 2>"$work/errors" ||
		explain "The role could not be changed."
	say "Completed the role, and left in it what was there: $role."
fi
`

const scriptAssignment = `
# 4. The role for the application, on this VNET and nowhere else.
assignments() {
	ask role assignment list --scope "$VNET_ID" --include-inherited \
		--query "[?principalId=='$principal' && ends_with(roleDefinitionId, '/$role')].id"
}
assigned=
if [ -n "$role" ] && [ -n "$principal" ]; then
	assigned=$(assignments 2>"$work/errors") || explain "The role assignments of the VNET cannot be read: is $VNET_NAME in $RESOURCE_GROUP?"
fi
try=1
if [ -n "$assigned" ]; then
	say "The role is assigned already: $assigned"
elif [ "$check" = yes ]; then
	missing=yes
	say "Missing: the assignment of the role on the VNET."
else
	until az role assignment create --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal \
		--role "$SUBSCRIPTION_SCOPE/$ROLES/$role" --scope "$VNET_ID" --only-show-errors --output none 2>"$work/errors"; do
		if grep -q RoleAssignmentExists "$work/errors"; then break; fi
		if ! passing || [ "$try" -ge "$TRIES" ]; then explain "The role could not be assigned."; fi
		say "Azure has not spread the role or the application yet; next try in $PAUSE s ($try of $TRIES)."
		sleep "$PAUSE"
		try=$((try + 1))
	done
	say "Assigned the role on the VNET."
fi
`

const scriptEnd = `
# 5. What is there now.
if [ "$check" = yes ]; then
	[ "$missing" = no ] || stop 6 "Something is missing; nothing was changed."
	say "Nothing is missing."
	exit 0
fi
try=1
until [ -n "$(assignments 2>"$work/errors" || true)" ]; do
	[ "$try" -lt "$TRIES" ] || stop 1 "Azure does not show the assignment yet. Run this again with --check in some minutes."
	sleep "$PAUSE"
	try=$((try + 1))
done
say "" "The role:"
az role definition list --name "$role" --custom-role-only true --scope "$SUBSCRIPTION_SCOPE" --only-show-errors --output table \
	--query '[].{Name: roleName, Id: name}'
say "" "Its assignment on the VNET:"
az role assignment list --scope "$VNET_ID" --include-inherited --only-show-errors --output table \
	--query "[?principalId=='$principal' && ends_with(roleDefinitionId, '/$role')].{Principal: principalId, Scope: scope}"
say "" "All is done. It can take up to ten minutes until Azure acts on it; then Kong makes the peering."
`
