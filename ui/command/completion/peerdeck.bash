# bash completion for peerdeck                             -*- shell-script -*-
#
# The line goes to the program as it is typed, and the words come back as they must stand on
# it. Nothing of either is ever evaluated here.

__peerdeck_complete()
{
    local kind='' line
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ -z $kind ]]; then
            kind=$line
        else
            COMPREPLY+=("$line")
        fi
    done < <(command "${1/#\~\//$HOME/}" complete-bash "${COMP_TYPE:-9}" "${COLUMNS:-80}" "$COMP_WORDBREAKS" "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
    [[ $(type -t compopt) == builtin ]] || return 0 # bash 3
    case $kind in
    *nospace*) compopt -o nospace ;;
    esac
    case $kind in
    words*) compopt +o default ;;
    esac
}

complete -o default -F __peerdeck_complete peerdeck
