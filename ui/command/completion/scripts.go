// Package completion has the scripts that shells complete the program's words with, and
// what bash leaves to a program: to read a line, and to put words on it.
//
// The scripts that cobra makes evaluate the words on the line, and put what several names
// have in common on it as it stands. Names come from a cloud here, so neither will do.
package completion

import _ "embed"

//go:embed peerdeck.bash
var bash string

//go:embed peerdeck.zsh
var zsh string

//go:embed peerdeck.fish
var fish string

//go:embed peerdeck.ps1
var powershell string

// Script is the completion of a shell.
type Script struct {
	Shell   string
	Text    string
	Install string // how it is had in every session
}

// Scripts lists them.
func Scripts() []Script {
	return []Script{
		{"bash", bash, "peerdeck completion bash > ~/.local/share/bash-completion/completions/peerdeck\nor, without the package bash-completion, in ~/.bashrc: source <(peerdeck completion bash)"},
		{"zsh", zsh, "peerdeck completion zsh > \"${fpath[1]}/_peerdeck\"\nor, after compinit in ~/.zshrc: source <(peerdeck completion zsh)"},
		{"fish", fish, "peerdeck completion fish > ~/.config/fish/completions/peerdeck.fish"},
		{"powershell", powershell, "in $PROFILE: peerdeck completion powershell | Out-String | Invoke-Expression"},
	}
}
