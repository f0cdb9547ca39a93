# Fieldguide's marks for zsh 5.3 and later. Sourced by the .zshenv of a one-shot ZDOTDIR.
#
# Tells Fieldguide in the terminal's stream where a prompt and a command begin and end. Each mark carries a
# secret that came in a file of this session (read once, deleted), and a number that is never used twice.
# Nothing is exported and no alias is made; the hooks are added beside those that are there.

# The person's own start-up files, as without us: zsh reads the later ones from the restored ZDOTDIR itself.
if (( ${+FIELDGUIDE_ZDOTDIR} )); then
  ZDOTDIR=$FIELDGUIDE_ZDOTDIR
else
  unset ZDOTDIR
fi
typeset -g +x __fieldguide_secret
IFS= read -r __fieldguide_secret <"$FIELDGUIDE_MARKS"
command rm -f -- "$FIELDGUIDE_MARKS"
unset FIELDGUIDE_MARKS FIELDGUIDE_ZDOTDIR
typeset -gi +x __fieldguide_number=0

# Functions that know the secret hide themselves from `set -x`, which would print it.
__fieldguide_mark() {
  setopt localoptions no_xtrace
  builtin printf '\e]633;%s;%s;%s\a' "$__fieldguide_secret" "$((++__fieldguide_number))" "$1"
}

# Backslash, semicolon and control characters as \\ and \xHH. Answer in REPLY.
__fieldguide_encode() {
  emulate -L zsh
  setopt no_xtrace extendedglob
  local text=${1//\\/\\\\} match mbegin mend
  text=${text//;/\\x3b}
  REPLY=${text//(#m)[[:cntrl:]]/\\x${(l:2::0:)$(([##16] #MATCH))}}
}

# Before a command: the line as typed.
__fieldguide_start() {
  setopt localoptions no_xtrace
  local REPLY='' text=${1:-$3}
  (( $#text <= 30000 )) && __fieldguide_encode "$text"
  __fieldguide_mark "C;$REPLY"
}

# First after a command: the result.
__fieldguide_end() {
  local code=$?
  setopt localoptions no_xtrace
  __fieldguide_mark "D;;$code"
  # What zsh does before a prompt when the output did not end with a line feed, but after the end mark.
  if (( __fieldguide_keep_line )); then
    builtin print -nP -- "${PROMPT_EOL_MARK-%B%S%#%s%b}"
    builtin print -n -- "${(l:$((COLUMNS - 1)):):-}"$'\r \r'
  fi
}

# Last before the prompt.
__fieldguide_begin() {
  setopt localoptions no_xtrace
  local REPLY
  __fieldguide_encode "$PWD"
  __fieldguide_mark "A;$REPLY"
}

# The line editor is ready for a command (not for another line of one, nor for a program that asks).
__fieldguide_ready() {
  if [[ $CONTEXT == start ]]; then
    __fieldguide_mark B >"$TTY"
  fi
}

__fieldguide_property() {
  setopt localoptions no_xtrace
  local REPLY
  __fieldguide_encode "$2"
  __fieldguide_mark "P;$1;$REPLY"
}

# Runs once, before the first prompt, when all start-up files are through.
__fieldguide_setup() {
  precmd_functions=(__fieldguide_end ${precmd_functions:#__fieldguide_setup} __fieldguide_begin)
  preexec_functions+=(__fieldguide_start)
  typeset -gi +x __fieldguide_keep_line=0
  if [[ -o prompt_sp && -o prompt_cr ]]; then
    __fieldguide_keep_line=1
    unsetopt prompt_sp
  fi
  autoload -Uz add-zle-hook-widget
  add-zle-hook-widget line-init __fieldguide_ready
  __fieldguide_property host "$HOST"
  __fieldguide_property user "${USERNAME:-$LOGNAME}"
  __fieldguide_property version "$ZSH_VERSION"
  __fieldguide_begin
  unfunction __fieldguide_setup
}
typeset -ga precmd_functions preexec_functions
precmd_functions+=(__fieldguide_setup)

if [[ -r ${ZDOTDIR:-$HOME}/.zshenv ]]; then
  source ${ZDOTDIR:-$HOME}/.zshenv
fi
