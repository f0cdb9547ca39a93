# Fieldguide's marks for bash 4.4 and later. Started as the rc file of an interactive shell.
#
# Tells Fieldguide in the terminal's stream where a prompt and a command begin and end. Each mark carries a
# secret that came in a file of this session (read once, deleted), and a number that is never used twice.
# Nothing is exported, no alias is made, traps and history are left alone.

IFS= read -r __fieldguide_secret <"$FIELDGUIDE_MARKS"
command rm -f -- "$FIELDGUIDE_MARKS"
unset FIELDGUIDE_MARKS
__fieldguide_number=0

# The person's own start-up file comes first, as without us.
if [[ -r ~/.bashrc ]]; then
  . ~/.bashrc
fi

# After `set -a` in that file everything below would be exported to every program.
__fieldguide_options=$-
set +a
export -n __fieldguide_secret __fieldguide_number

# Functions that know the secret leave `set -x`, which would print it, and `set -a`, which would export it.
__fieldguide_mark() {
  { local -; set +ax; } 2>/dev/null
  builtin printf '\e]633;%s;%s;%s\a' "$__fieldguide_secret" "$((++__fieldguide_number))" "$1"
}

# Backslash, semicolon and control characters as \\ and \xHH. Answer in __fieldguide_reply.
__fieldguide_encode() {
  { local -; set +ax; } 2>/dev/null
  local text=${1//\\/'\\'} out='' char code
  text=${text//;/'\x3b'}
  if [[ $text == *[[:cntrl:]]* ]]; then
    while [[ $text == *[[:cntrl:]]* ]]; do
      out+=${text%%[[:cntrl:]]*}
      text=${text#"${text%%[[:cntrl:]]*}"}
      char=${text:0:1}
      text=${text:1}
      builtin printf -v code '\\x%02x' "'$char"
      out+=$code
    done
  fi
  __fieldguide_reply=$out$text
}

# The command line as the shell got it: the newest entry of the history, if this command made one.
__fieldguide_text() {
  { local -; set +ax; } 2>/dev/null
  local entry
  if ((HISTCMD > __fieldguide_history)); then
    entry=$(HISTTIMEFORMAT='' builtin history 1)
    entry=${entry#*[0-9][ \*] }
    if ((${#entry} <= 30000)); then
      __fieldguide_encode "$entry"
      builtin printf '%s' "$__fieldguide_reply"
    fi
  fi
  return 0
}

# First in PROMPT_COMMAND: the result, before anything else can change it.
__fieldguide_end() {
  local code=$?
  { local -; set +ax; } 2>/dev/null
  __fieldguide_mark "D;;$code"
  __fieldguide_ended=1
  # With `set -e` a function that hands the code on would end the shell.
  [[ $- == *e* ]] && return 0
  return "$code"
}

# Last in PROMPT_COMMAND: directory, and the end of the prompt as part of PS1.
__fieldguide_begin() {
  { local -; set +ax; } 2>/dev/null
  # Someone has replaced PROMPT_COMMAND: the result of this one command is lost, the next is seen again.
  [[ ${__fieldguide_ended-} ]] || __fieldguide_mark 'D;;'
  __fieldguide_ended=''
  __fieldguide_hook
  __fieldguide_encode "$PWD"
  __fieldguide_mark "A;$__fieldguide_reply"
  builtin printf -v __fieldguide_ready '\e]633;%s;%s;B\a' "$__fieldguide_secret" "$((++__fieldguide_number))"
  __fieldguide_history=$HISTCMD
  [[ $PS1 == *'${__fieldguide_ready-}'* ]] || PS1+='\[${__fieldguide_ready-}\]'
  return 0
}

# Around the person's own PROMPT_COMMAND, a list since bash 5.1 and one text before.
__fieldguide_hook() {
  { local -; set +ax; } 2>/dev/null
  if ((BASH_VERSINFO[0] > 5 || (BASH_VERSINFO[0] == 5 && BASH_VERSINFO[1] >= 1))); then
    [[ ${PROMPT_COMMAND[*]-} == *__fieldguide_end*__fieldguide_begin* ]] && return 0
    local entry kept=()
    for entry in "${PROMPT_COMMAND[@]}"; do
      [[ $entry == __fieldguide_end || $entry == __fieldguide_begin ]] || kept+=("$entry")
    done
    PROMPT_COMMAND=(__fieldguide_end "${kept[@]}" __fieldguide_begin)
  elif [[ ${PROMPT_COMMAND-} != *__fieldguide_end*__fieldguide_begin* ]]; then
    PROMPT_COMMAND=$'__fieldguide_end\n'${PROMPT_COMMAND:+$PROMPT_COMMAND$'\n'}__fieldguide_begin
  fi
}

__fieldguide_property() {
  { local -; set +ax; } 2>/dev/null
  __fieldguide_encode "$2"
  __fieldguide_mark "P;$1;$__fieldguide_reply"
}

# PS0 (the command's start) came with 4.4; without promptvars the prompts cannot carry marks.
if ((BASH_VERSINFO[0] > 4 || (BASH_VERSINFO[0] == 4 && BASH_VERSINFO[1] >= 4))) && shopt -q promptvars; then
  __fieldguide_history=0
  __fieldguide_ready=''
  # Without the secret, in a bash that was started from here and inherited PS0, it is nothing.
  PS0=${PS0-}'${__fieldguide_secret:+\e]633;$__fieldguide_secret;$((++__fieldguide_number));C;$(__fieldguide_text)\a}'
  __fieldguide_hook
  __fieldguide_property host "$HOSTNAME"
  __fieldguide_property user "${USER:-${LOGNAME:-$(id -un 2>/dev/null)}}"
  __fieldguide_property version "${BASH_VERSINFO[0]}.${BASH_VERSINFO[1]}.${BASH_VERSINFO[2]}"
fi

case $__fieldguide_options in *a*) set -a ;; esac
unset __fieldguide_options
