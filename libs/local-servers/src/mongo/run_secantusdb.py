"""Runs SecantusDB with a sweeper of expired documents that lets go of the last one.

As it comes, the sweeper's thread keeps its place in the index entries until the next sweep, a minute
later. The page there cannot be split meanwhile, and once it is above 5 MB each access to it waits: two
hundred documents then take ten seconds to insert in place of a tenth of one.
"""

from secantus.cli import main
from secantus.storage import Storage

sweep = Storage.prune_ttl_all_collections


def sweep_and_let_go(self, **options):
    try:
        return sweep(self, **options)
    finally:
        self.release_thread_snapshot()


Storage.prune_ttl_all_collections = sweep_and_let_go

if __name__ == "__main__":
    raise SystemExit(main())
