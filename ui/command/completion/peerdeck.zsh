#compdef peerdeck
compdef _peerdeck peerdeck

# zsh completion for peerdeck                              -*- shell-script -*-
#
# The program lists the words, and zsh itself puts them on the line as it must. Nothing of
# what is typed or listed is ever evaluated here.

_peerdeck()
{
    setopt localoptions noshwordsplit noksharrays extendedglob
    local asked='' entry kind=0 flag=''
    local -a given lines listed shown options
    given=("${(@Q)words[2,CURRENT-1]}")
    if [[ -z $QIPREFIX && $PREFIX == -*=* ]]; then
        flag=${PREFIX%%=*}= # the value of a flag is what is completed
        asked=$flag
        compset -P 1 '*='
    elif [[ $PREFIX == -* ]]; then
        asked=$PREFIX
    fi
    lines=("${(@f)$(command ${words[1]/#\~\//$HOME/} __complete "${given[@]}" "$asked" 2>/dev/null)}")
    [[ ${lines[-1]} == :<-> ]] && kind=${lines[-1]#:}
    for entry in "${(@)lines[1,-2]}"; do
        [[ -n $entry ]] || continue
        listed+=("${entry%%$'\t'*}")
        if [[ $entry == *$'\t'* ]]; then
            shown+=("${entry%%$'\t'*}  -- ${entry#*$'\t'}")
        else
            shown+=("$entry")
        fi
    done
    ((kind & 2)) && options+=(-S '')
    ((kind & 32)) && options+=(-V peerdeck)
    if ((kind & 1)); then
        return 1
    elif ((kind & 24)); then
        _files
    elif ((${#listed})); then
        compadd -l "${options[@]}" -d shown -a listed
    elif ((kind & 4)); then
        return 1
    else
        _files
    fi
}

# As a file of fpath, it is the function; where it is sourced, it only defines it.
if [ "$funcstack[1]" = "_peerdeck" ]; then
    _peerdeck
fi
