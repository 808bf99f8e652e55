# fish completion for peerdeck                             -*- shell-script -*-
#
# The program lists the words, and fish itself puts them on the line as it must. Nothing of
# what is typed or listed is ever evaluated here.

function __peerdeck_listed
    set -l given (commandline -opc)
    set -l asked (commandline -ct)
    set -l flag ''
    # What is typed of a word is fish's to compare, but a flag decides what is listed.
    if string match -q -r -- '^-[^=]*=' $asked
        set flag (string match -r -- '^-[^=]*=' $asked)
        set asked $flag
    else if not string match -q -- '-*' $asked
        set asked ''
    end
    set -l program (string replace -r -- '^~/' "$HOME/" $given[1])
    set -l lines (command $program __complete $given[2..-1] "$asked" 2>/dev/null)
    set -l kind (string match -r -- '^:\d+$' "$lines[-1]" | string sub -s 2)
    test -n "$kind"; or set kind 0
    set -l count 0
    for line in $lines[1..-2]
        test -n "$line"; or continue
        set count (math $count + 1)
        printf '%s%s\n' $flag $line
    end
    # Files, where the program lists nothing and does not forbid them.
    if test $count -eq 0; and test (math "floor($kind / 4) % 2") -eq 0; and test (math "$kind % 2") -eq 0
        __fish_complete_path (commandline -ct)
    end
end

complete -c peerdeck -e
complete -c peerdeck -f -a '(__peerdeck_listed)'
