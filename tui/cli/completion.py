"""`postmortem completion`: the script that teaches a shell to complete what is typed."""

from __future__ import annotations

import sys

import click

from tui.cli.commands import VARIABLE


@click.command(
    short_help="Print the completion script of a shell.",
    epilog="""\b
bash:  echo 'eval "$(postmortem completion bash)"' >> ~/.bashrc
zsh:   echo 'eval "$(postmortem completion zsh)"' >> ~/.zshrc
fish:  postmortem completion fish > ~/.config/fish/completions/postmortem.fish
""",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script of a shell.

    Subcommands, options, the values they take and file names are completed once the script is loaded:
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"this version of click does not know {shell}")
    root = context.find_root()
    sys.stdout.write(kind(root.command, {}, root.info_name or "postmortem", VARIABLE).source())
