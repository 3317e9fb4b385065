#!/bin/sh
# Prove the newcomer's path: make a bare Debian in a folder, copy the committed project in, run a command there.
#     installer/bare-root.sh bookworm /tmp/bare "make test"
# By hand, as root, with debootstrap installed. Mirror, proxy and index settings are those of this machine.
set -eu
suite=$1
root=$2
command=${3:-make test}
cd "$(dirname "$0")/.."

mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -n 1)
[ -x "$root/bin/sh" ] || debootstrap --variant=minbase --include=ca-certificates,python3,make "$suite" "$root" "$mirror"
[ "$suite" != "$(. /etc/os-release && echo "$VERSION_CODENAME")" ] || cp -r /etc/apt/sources.list* "$root/etc/apt/"

# How this machine reaches its registries, when it is told by files.
for file in /etc/apt/apt.conf.d/*proxy* /etc/xdg/pip /etc/pip.conf /etc/ssl/certs/ca-certificates.crt /etc/resolv.conf \
    /etc/hosts; do
    [ ! -e "$file" ] || { mkdir -p "$root$(dirname "$file")"; cp -rLf "$file" "$root$(dirname "$file")/"; }
done
rm -rf "$root/onestop"
git clone --quiet . "$root/onestop"

mountpoint -q "$root/proc" || mount -t proc proc "$root/proc" || echo "no /proc in the bare root" >&2
mkdir -p "$root/dev/pts"
mountpoint -q "$root/dev/pts" ||
    mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$root/dev/pts" ||
    echo "no terminals in the bare root" >&2
ln -sf pts/ptmx "$root/dev/ptmx"
trap 'umount "$root/dev/pts" "$root/proc" 2>/dev/null || true' EXIT
mkdir -p "$root/dev/shm"
chroot "$root" /usr/bin/env HOME=/root LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin sh -c "cd /onestop && $command"
