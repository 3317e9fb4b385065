#!/bin/sh
# Prove the newcomer's path: make a bare Debian in a folder, copy the committed project in, run a command there.
#     installer/bare-root.sh bookworm /tmp/bare "make test"
# By hand, as root, with debootsmkdir -p "$root/dev/pts"
mountpoint -q "$root/dev/pts" ||
    mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$root/dev/pts" ||
    echo "no terminals in the bare root" >&2
ln -sf pts/ptmx "$root/dev/ptmx"
trap 'umount "$root/dev/pts" "$root/proc" 2>/dev/null || true' EXIT
mkdir -p "$root/dev/shm"
chroot "$root" /usr/bin/env HOME=/root LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin sh -c "cd /onestop && $command"
