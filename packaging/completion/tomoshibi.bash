# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2207
#
# Completion for tomoctl, tomopress and tomoshibi in bash, and in zsh after bashcompinit. Commands and
# options are asked of the program itself, so that nothing here can be behind it.

# PROGRAM [WORD]...: what --help says, in the language of the source.
_tomoshibi_help()
{
  LC_ALL=C.UTF-8 LANGUAGE=en "$@" --help 2>/dev/null </dev/null
}

# Each command on a line of its own: `sync`, `campaign add`.
_tomoshibi_commands()
{
  _tomoshibi_help "$1" | sed -n '/^Commands:/,$ s/^  \([a-z][a-z-]*\( [a-z][a-z-]*\)*\).*/\1/p'
}

# Stands for what @1 is asked for in --help, of what this machine has. Nothing of it asks a network.
_tomoshibi_values()
{
  case $1 in
    NAME) tomoctl campaign list 2>/dev/null | sed -n 's/\t.*//p' ;;
    *PARTNER/PACK) tomoctl list 2>/dev/null | sed -n 's/^[^:]*:\([^\t]*\)\t.*/\1/p' ;;
    PARTNER) _tomoshibi_values PARTNER/PACK | sed 's,/.*,,' | sort -u ;;
  esac
}

# CURRENT WORDS: those of WORDS, one a line, that begin with CURRENT.
_tomoshibi_offer()
{
  local IFS=$'\n'
  COMPREPLY=($(compgen -W "$2" -- "$1"))
}

# CURRENT KIND: files (-f) or folders (-d).
_tomoshibi_offer_files()
{
  local IFS=$'\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen "$2" -- "$1"))
}

# CURRENT WHAT: completes what --help calls WHAT.
_tomoshibi_complete_value()
{
  case $2 in
    '' | N | BYTES | SECONDS | TAG | FORMAT) ;;
    NAME | PARTNER | *PARTNER/PACK) _tomoshibi_offer "$1" "$(_tomoshibi_values "$2")" ;;
    DIR | 'DIR|URL') _tomoshibi_offer_files "$1" -d ;;
    *) _tomoshibi_offer_files "$1" -f ;;
  esac
}

_tomoshibi()
{
  local program=$1 current=$2 option=$3 commands help what
  local first=${COMP_WORDS[1]} second=${COMP_WORDS[2]-}
  local -a command=()
  COMPREPLY=()
  commands=$(_tomoshibi_commands "$program")

  # The command: one word, or a group and a word.
  if [[ -n $commands ]]; then
    if ((COMP_CWORD == 1)); then
      _tomoshibi_offer "$current" "$(cut -d ' ' -f 1 <<<"$commands" | sort -u)"$'\n--help\n--version'
      return
    fi
    [[ $first =~ ^[a-z-]+$ ]] || return
    command=("$first")
    if grep -q "^$first " <<<"$commands"; then
      if ((COMP_CWORD == 2)); then
        _tomoshibi_offer "$current" "$(sed -n "s/^$first //p" <<<"$commands")"
        return
      fi
      command=("$first" "$second")
    fi
    grep -qxF -- "${command[*]}" <<<"$commands" || return
  fi
  help=$(_tomoshibi_help "$program" "${command[@]}")

  # bash takes `--store=DIR` for three words.
  if [[ $current == '=' ]]; then
    current=
  elif [[ $option == '=' ]]; then
    option=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  if [[ $option =~ ^--?[a-z0-9-]+$ ]]; then
    what=$(sed -nE "s/^  (-., )?$option(, --[a-z0-9-]+)?=(\S+) .*/\3/p" <<<"$help")
    if [[ -n $what ]]; then
      _tomoshibi_complete_value "$current" "$what"
      return
    fi
  fi

  if [[ $current == -* ]]; then
    _tomoshibi_offer "$current" "$(sed -nE 's/^  (-., )?(--[a-z0-9-]+=?).*/\2/p' <<<"$help")"
    [[ ${COMPREPLY[*]} != *= ]] || compopt -o nospace 2>/dev/null
  elif ((${#command[@]})); then
    what=$(sed -n "s/^  $(basename "$program") \[OPTION…\] ${command[*]}//p" <<<"$help")
    _tomoshibi_complete_value "$current" "${what# }"
  fi
}

complete -F _tomoshibi tomoctl tomopress tomoshibi
