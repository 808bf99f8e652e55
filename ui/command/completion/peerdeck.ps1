# PowerShell completion for peerdeck
#
# The words on the line go to the program as values, and the words that come back are quoted
# for the line. Nothing of either is ever evaluated here.

Register-ArgumentCompleter -Native -CommandName 'peerdeck' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    # A word as a value: without its quotes, and with nothing in it expanded.
    function Get-Value($element) {
        if ($element -is [System.Management.Automation.Language.StringConstantExpressionAst] -or
            $element -is [System.Management.Automation.Language.ExpandableStringExpressionAst]) {
            return $element.Value
        }
        return $element.Extent.Text
    }
    function Get-Quoted($text) {
        if ($text -match '^[\p{L}\p{Nd}_./:=+-]+$') { return $text }
        return "'" + [System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($text) + "'"
    }

    $given = @()
    $typed = ''
    foreach ($element in ($commandAst.CommandElements | Select-Object -Skip 1)) {
        if ($element.Extent.StartOffset -ge $cursorPosition) { break }
        if ($element.Extent.EndOffset -ge $cursorPosition) { $typed = [string](Get-Value $element); break }
        $given += [string](Get-Value $element)
    }
    $flag = ''
    $asked = ''
    if ($typed -match '^(-[^=]*=)(.*)$') {
        $flag = $Matches[1]
        $typed = $Matches[2]
        $asked = $flag
    } elseif ($typed.StartsWith('-')) {
        $asked = $typed
    }

    # Before 7.3, PowerShell drops an argument that is empty, unless it is written so.
    if ($asked -eq '' -and ($PSVersionTable.PSVersion -lt [version]'7.3' -or $PSNativeCommandArgumentPassing -eq 'Legacy')) { $asked = '""' }
    $program = [string](Get-Value $commandAst.CommandElements[0])
    $lines = @(& (Get-Command -CommandType Application -Name $program -ErrorAction Stop | Select-Object -First 1) __complete @given $asked 2>$null)
    if ($lines.Count -eq 0 -or $lines[-1] -notmatch '^:(\d+)$') { return }
    $kind = [int]$Matches[1]
    $count = 0
    foreach ($line in ($lines | Select-Object -SkipLast 1)) {
        $name, $note = $line.Split("`t", 2)
        if (-not $name -or -not $name.StartsWith($typed, [System.StringComparison]::OrdinalIgnoreCase)) { continue }
        $count++
        if (-not $note) { $note = $name }
        $text = if ($flag) { $flag + (Get-Quoted $name) } else { Get-Quoted $name }
        [System.Management.Automation.CompletionResult]::new($text, $name, 'ParameterValue', $note)
    }
    if ($count -eq 0 -and ($kind -band 4)) { '' } # no files in its place
}
