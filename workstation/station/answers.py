"""What the station answers to each ask: who may, what is noted in the access log, and which service does it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from workstation.accounts.approvals import digest_of
from workstation.accounts.matrix import READS, REQUESTS, may
from workstation.accounts.sessions import Session
from workstation.clock import Trust, from_ms
from workstation.custody import commands as c
from workstation.custody.circumstances import Circumstances
from workstation.custody.house import House
from workstation.custody.next_action import next_action
from workstation.custody.stay import Stay
from workstation.custody.tasks import tasks
from workstation.custody.values import WarningLevel
from workstation.errors import AppError, LinkError, StoreError
from workstation.readings import Level
from workstation.roles import Actor, Rank, Sex
from workstation.services.board import Board, board_of
from workstation.services.board_wall import wall_of
from workstation.services.desk import RefusedWith, SavedAs, ScreenOutOfDate
from workstation.services.find import find
from workstation.services.lockers import banks_of, layout_of, waiting_of
from workstation.services.setup import first_administrator
from workstation.services.stays import facts_of
from workstation.services.timeline import recording_demanded
from workstation.services.timeline_conflicts import conflicts_of
from workstation.services.timeline_proving import Proofs
from workstation.services.timeline_reading import Timelines
from workstation.station import benching
from workstation.station import messages as m
from workstation.station.overseeing import Overseeing
from workstation.station.printing import Printing
from workstation.station.viewing import Viewing
from workstation.storage.access_log import Access
from workstation.storage.export import export_log
from workstation.storage.record import Tx

if TYPE_CHECKING:
    from workstation.station.server import Peer
    from workstation.station.station import Station

LAST_ENTRIES = 12
HALL = Actor(id="", name="", roles=frozenset(), rank=Rank.AUXILIARY, unit="", sex=Sex.UNKNOWN)
"""Whoever looks at the wall: nobody's work, nobody's rights."""
LARGEST_MEDIA = 16 * 1024 * 1024
_OPEN_TO_ALL = (
    m.Hello,
    m.SignIn,
    m.FirstAdministrator,
    m.Subscribe,
    m.Quit,
    m.UnlockSession,
    m.SignOut,
    m.LockSession,
    m.WhoseCard,
    m.GetWall,
)


class Answers:
    """Called by the server's threads with a peer and an ask; returns the reply or raises AppError."""

    def __init__(self, station: Station) -> None:
        self._station = station
        store = station.store
        self._timelines = Timelines(store.record, store.timeline, store.followers[0])
        self._proofs = Proofs(store.record)
        self._overseeing = Overseeing(station, self._note)
        self._viewing = Viewing(station)
        self._printing = Printing(station, self._note, self._board_for)

    def __call__(self, peer: Peer, ask: Any) -> Any:
        if not peer.greeted and not isinstance(ask, m.Hello):
            raise LinkError("link.other-version")
        try:
            if isinstance(ask, _OPEN_TO_ALL):
                return self._open(peer, ask)
            session = self._station.sessions.working(peer.token, self._station.clock.now())
            return self._working(session, ask)
        except StoreError as error:
            self._station.unsaved(error)
            raise

    # ------------------------------------------------------------ before and around a session

    def _open(self, peer: Peer, ask: Any) -> Any:
        station = self._station
        now = station.clock.now()
        match ask:
            case m.Hello():
                if ask.protocol != m.PROTOCOL:
                    raise LinkError("link.other-version")
                peer.greeted = True
                peer.token = ask.token
                return self._welcome(outside=not ask.token)
            case m.SignIn():
                actor = station.people.by_secret(ask.number, ask.secret, card=ask.card)
                session = station.sessions.open(actor, now)
                peer.token = session.token
                self._note(session, "sign-in")
                return self._signed(session)
            case m.FirstAdministrator():
                first_administrator(
                    station.desk,
                    station.people,
                    station.store.mode,
                    name=ask.name,
                    number=ask.number,
                    secret=ask.secret,
                    centre_zh=ask.centre_zh,
                    centre_en=ask.centre_en,
                )
                return m.Done()
            case m.SignOut():
                station.sessions.close(peer.token)
                peer.token = ""
                return m.Done()
            case m.LockSession():
                found = station.sessions.find(peer.token)
                if found is not None:
                    found.locked = True
                return m.Done()
            case m.UnlockSession():
                return self._unlock(peer, ask)
            case m.WhoseCard():
                return self._whose_card(peer, ask)
            case m.GetWall():
                return self._wall()
            case m.Quit():
                station.quit_asked.set()
                return m.Done()
            case _:
                return m.Done()  # Subscribe: the server turns the connection into a feed

    def _unlock(self, peer: Peer, ask: m.UnlockSession) -> Any:
        station = self._station
        session = station.sessions.find(peer.token)
        if session is None:
            raise AppError("accounts.not-signed-in")
        staff = station.desk.house().centre.staff.get(session.actor.id)
        if staff is None or not staff.active:
            raise AppError("accounts.wrong")
        if ask.card and station.people.by_card(ask.card).id != session.actor.id:
            raise AppError("accounts.other-card")
        station.people.by_secret(staff.number, ask.secret)
        session.locked = False
        session.used_at = station.clock.now()
        return m.Done()

    def _whose_card(self, peer: Peer, ask: m.WhoseCard) -> Any:
        """Staff id and name of a card; the access log keeps whose it was, and who asked where somebody is signed in."""
        session = self._station.sessions.find(peer.token)
        try:
            holder = self._station.people.by_card(ask.card)
        except AppError:
            self._note(session, "whose-card", allowed=False)
            raise
        self._note(session, "whose-card", purpose=holder.id)
        return m.CardHolder(staff=holder.id, name=holder.name)

    def _welcome(self, *, outside: bool) -> m.Welcome:
        station = self._station
        house = station.desk.house()
        return m.Welcome(
            protocol=m.PROTOCOL,
            mode=station.store.mode,
            centre_zh=house.centre.name_zh,
            centre_en=house.centre.name_en,
            time_zone=house.centre.time_zone,
            needs_setup=not house.centre.staff,
            open_stays=len(house.open_stays),
            practice_sign_ins=station.practice_sign_ins,
            now=self._now() if outside else None,
        )

    def _now(self) -> m.CentreNow:
        house = self._station.desk.house()
        warned = Counter(
            warning.level for stay in house.stays.values() for warning in stay.remarks.open_warnings
        )
        health = Counter(each.level for each in self._station.health().values())
        good, unknown = health[Level.OK], health[Level.UNKNOWN]
        return m.CentreNow(
            red=warned[WarningLevel.RED],
            yellow=warned[WarningLevel.YELLOW],
            blue=warned[WarningLevel.BLUE],
            devices_good=good,
            devices_unknown=unknown,
            devices_bad=health.total() - good - unknown,
            entries=house.seq,
            time_verified=self._station.clock.trust() is Trust.VERIFIED,
        )

    @staticmethod
    def _signed(session: Session) -> m.Signed:
        actor = session.actor
        return m.Signed(
            token=session.token,
            staff=actor.id,
            name=actor.name,
            roles=tuple(sorted(actor.roles)),
            rank=actor.rank,
            unit=actor.unit,
            sex=actor.sex,
            reads=tuple(name for name, roles in READS.items() if roles & actor.roles),
            requests=tuple(name for name, roles in REQUESTS.items() if roles & actor.roles),
        )

    # ------------------------------------------------------------ inside a session

    def _working(self, session: Session, ask: Any) -> Any:
        table: dict[type, tuple[str, Callable[[Session, Any], Any]]] = {
            m.Submit: ("", self._submit),
            m.SetSecret: ("enrol-staff", self._set_secret),
            m.Judge: ("", self._judge),
            m.Approve: ("", self._approve),
            m.GetBoard: ("read-board", self._board),
            m.KeepNote: ("read-board", self._keep_note),
            m.DropNote: ("read-board", self._drop_note),
            m.PrintBoard: ("print-paper", self._printing.board),
            m.PrintRegister: ("print-paper", self._printing.register),
            m.GetStay: ("read-stay", self._stay),
            m.GetAlerts: ("read-board", self._overseeing.alerts),
            m.GetReview: ("read-timeline", self._overseeing.review),
            m.DrawSample: ("read-timeline", self._overseeing.draw),
            m.GetTimeline: ("read-timeline", self._timeline),
            m.ProveEntry: ("read-timeline", self._prove),
            m.GetLockers: ("read-lockers", self._lockers),
            m.GetLayout: ("read-centre", self._layout),
            m.GetDevices: ("read-devices", self._devices),
            m.GetTrace: ("read-trace", self._trace),
            m.GetCommands: ("read-trace", self._commands),
            m.SendCommand: ("use-bench", self._send_command),
            m.SendRaw: ("use-bench", self._send_raw),
            m.ReopenLine: ("use-bench", self._reopen),
            m.TryDevice: ("use-bench", self._try),
            m.GetCentre: ("read-centre", self._centre),
            m.GetStaff: ("read-centre", self._staff),
            m.Find: ("read-board", self._find),
            m.ReadCard: ("begin-stay", self._read_card),
            m.ReadTags: ("read-lockers", self._read_tags),
            m.Weigh: ("read-lockers", self._weigh),
            m.TakeStill: ("read-cameras", self._still),
            m.PutMedia: ("read-media", self._put_media),
            m.GetMedia: ("read-media", self._get_media),
            m.GetFrame: ("read-cameras", self._frame),
            m.GetRecording: ("read-cameras", self._recording_state),
            m.GetRecordings: ("read-cameras", lambda session, _: self._viewing.recordings(session)),
            m.GetRecorded: ("access-media", self._viewing.recorded),
            m.ExportClip: ("access-media", self._export_clip),
            m.SaveDraft: ("read-stay", self._save_draft),
            m.LoadDraft: ("read-stay", self._load_draft),
            m.DropDraft: ("read-stay", self._drop_draft),
            m.PrintPaper: ("print-paper", self._printing.paper),
            m.ViewPaper: ("view-paper", self._printing.view),
            m.ExportLog: ("export-log", self._export),
        }
        action, answer = table[type(ask)]
        if action and not may(action, session.actor.roles, report=False):
            self._note(session, action, getattr(ask, "stay", ""), allowed=False)
            raise AppError("accounts.no-role", action=action)
        return answer(session, ask)

    def _submit(self, session: Session, ask: m.Submit) -> Any:
        envelope = self._envelope(ask.envelope)
        command = envelope.command
        station = self._station
        now = station.clock.now()
        proven = station.approvals.redeem(
            envelope.approvals, digest_of(command, envelope.position), session.actor, now
        )
        stay = getattr(command, "stay", "")
        drafts = [self._draft_id(session, stay, form) for form in ask.drafts]

        def within(tx: Tx) -> None:
            for draft in drafts:
                station.drafts.delete(draft, tx.connection)
            if isinstance(command, c.Depart | c.ReleaseOnExpiry | c.LeaveForMedicalEmergency):
                station.drafts.delete_stay(stay, tx.connection)

        try:
            answer = station.desk.submit(envelope, session.actor, proven=proven, within=within)
        except StoreError:
            raise  # nobody was denied anything: the store did not take it
        except AppError:
            self._note(session, c.action_of(command), stay, allowed=False)
            raise
        match answer:
            case SavedAs():
                self._act_on(session, envelope, answer)
                return m.Saved(entries=answer.entries, size=answer.size, at=answer.at, kinds=answer.kinds)
            case RefusedWith():
                self._note(session, c.action_of(command), stay, allowed=False)
                return m.Refused(objections=answer.objections, position=answer.position)
            case ScreenOutOfDate():
                return m.OutOfDate(position=answer.position, changed=answer.changed)

    def _act_on(self, session: Session, envelope: c.Envelope, answer: SavedAs) -> None:
        """What follows from some commands once they are on disk."""
        command = envelope.command
        if isinstance(command, c.OpenCell) and "cell-open-intended/1" in answer.kinds:
            self._station.intents.take(command, envelope.id)
        elif isinstance(command, c.DeclareDevice | c.DeclareBank):
            self._station.start_rack()
        elif isinstance(command, c.AccessMedia):
            self._viewing.take(session, command)

    def _set_secret(self, session: Session, ask: m.SetSecret) -> Any:
        if ask.staff not in self._station.desk.house().centre.staff:
            raise AppError("accounts.unknown-staff", staff=ask.staff)
        self._note(session, "set-secret", purpose=ask.staff)
        self._station.people.set_secret(ask.staff, ask.secret)
        return m.Done()

    def _judge(self, session: Session, ask: m.Judge) -> Any:
        found = self._station.desk.objections(self._envelope(ask.envelope), session.actor)
        return m.Judged(objections=found.objections, position=found.position)

    def _approve(self, session: Session, ask: m.Approve) -> Any:
        envelope = self._envelope(ask.envelope)
        second = self._second(session, ask.number, ask.secret, ask.card)
        approval = self._station.approvals.give(
            digest_of(envelope.command, envelope.position), second, self._station.clock.now()
        )
        return m.Approved(token=approval.token, name=second.name)

    def _board(self, session: Session, ask: m.GetBoard) -> Any:
        self._note(session, "read-board")
        return m.BoardReply(board=self._board_for(session.actor))

    def _board_for(self, actor: Actor) -> Board:
        station = self._station
        house = station.desk.house()
        return board_of(
            house,
            self._around(house, actor),
            station.clock.now(),
            desk_notes=station.notes.all(),
            recording=station.recorded(),
        )

    def _wall(self) -> Any:
        centre = self._station.desk.house().centre
        wall = wall_of(
            self._board_for(HALL),
            centre_zh=centre.name_zh,
            centre_en=centre.name_en,
            time_zone=centre.time_zone,
            practice=self._station.store.mode == "practice",
        )
        return m.WallReply(wall=wall)

    def _keep_note(self, session: Session, ask: m.KeepNote) -> Any:
        self._station.notes.keep(session.actor.id, ask.text, ask.expected_at)
        self._station.hub.changed(topics=("notes",))
        return m.Done()

    def _drop_note(self, session: Session, ask: m.DropNote) -> Any:
        self._station.notes.drop(ask.key)
        self._station.hub.changed(topics=("notes",))
        return m.Done()

    def _stay(self, session: Session, ask: m.GetStay) -> Any:
        house, stay = self._found(ask.stay)
        self._note(session, "read-stay", ask.stay, purpose=ask.purpose)
        around = self._around(house, session.actor)(stay)
        return m.StayReply(
            facts=facts_of(stay),
            tasks=tasks(stay, house, around),
            next=next_action(stay, house, around),
            clocks=around.clocks.get(stay.stay, ()),
            last=self._timelines.newest(ask.stay, limit=LAST_ENTRIES, size=house.seq),
            names={name: staff.actor.name for name, staff in house.centre.staff.items()},
            can=self._signed(session).requests,
            position=house.seq,
            now=around.now,
        )

    def _timeline(self, session: Session, ask: m.GetTimeline) -> Any:
        house, stay = self._found(ask.stay)
        self._note(session, "read-timeline", ask.stay)
        page = self._timelines.page(
            ask.stay, after=ask.after, kinds=ask.kinds, limit=ask.limit, size=house.seq
        )
        around = self._around(house, session.actor)(stay)
        return m.TimelineReply(
            page=page,
            recording_demanded=recording_demanded(stay, house, around),
            conflicts=conflicts_of(stay, around.pack, around.now),
        )

    def _prove(self, session: Session, ask: m.ProveEntry) -> Any:
        self._found(ask.stay)  # a proof tells nothing about the person: it is not in the access log
        return m.ProofReply(proof=self._proofs.prove(ask.stay, ask.seq))

    def _lockers(self, session: Session, ask: m.GetLockers) -> Any:
        house = self._station.desk.house()
        self._note(session, "read-lockers")
        return m.LockersReply(banks=banks_of(house), position=house.seq, waiting=waiting_of(house))

    def _layout(self, session: Session, ask: m.GetLayout) -> Any:
        house = self._station.desk.house()
        return m.LockersReply(banks=layout_of(house), position=house.seq)

    def _devices(self, session: Session, ask: m.GetDevices) -> Any:
        station = self._station
        health = station.health()
        simulated = station.store.mode == "practice"
        return m.DevicesReply(
            devices=tuple(
                m.DeviceRow(
                    id=device.device,
                    type=device.type,
                    place=device.place,
                    line=station.ports.get(device.device, ""),
                    simulated=simulated,
                    health=health[device.device],
                )
                for device in station.desk.house().centre.devices.values()
                if device.device in health
            )
        )

    def _trace(self, session: Session, ask: m.GetTrace) -> Any:
        rows = self._station.devices().trace(ask.device, ask.after)
        return m.TraceReply(
            rows=tuple(
                m.TraceRow(
                    seq=row.seq,
                    at=row.at,
                    direction=str(row.direction),
                    hex=row.hex,
                    decoded=row.text,
                    ok=row.ok,
                )
                for row in list(rows)[-max(1, ask.limit) :]
            )
        )

    def _commands(self, session: Session, ask: m.GetCommands) -> Any:
        return benching.commands_of(self._station, ask)

    def _send_command(self, session: Session, ask: m.SendCommand) -> Any:
        return benching.send_command(self._station, ask, self._bench_note(session))

    def _send_raw(self, session: Session, ask: m.SendRaw) -> Any:
        return benching.send_raw(self._station, ask, self._bench_note(session))

    def _reopen(self, session: Session, ask: m.ReopenLine) -> Any:
        return benching.reopen_line(self._station, ask, self._bench_note(session))

    def _try(self, session: Session, ask: m.TryDevice) -> Any:
        return benching.try_device(self._station, ask, self._bench_note(session))

    def _bench_note(self, session: Session) -> Callable[[str], None]:
        return lambda what: self._note(session, "use-bench", purpose=what)

    def _centre(self, session: Session, ask: m.GetCentre) -> Any:
        station = self._station
        house = station.desk.house()
        centre = house.centre
        at_desk = [device for device in centre.devices.values() if device.place == station.settings.desk]
        return m.CentreReply(
            name_zh=centre.name_zh,
            name_en=centre.name_en,
            time_zone=centre.time_zone,
            mode=station.store.mode,
            rooms=tuple(
                m.RoomRow(
                    id=room.room,
                    name_zh=room.name_zh,
                    name_en=room.name_en,
                    use=str(room.use),
                    capacity=room.capacity,
                    camera=room.camera,
                    in_service=room.in_service,
                )
                for room in centre.rooms.values()
            ),
            cameras=tuple(name for name, device in centre.devices.items() if device.type == "camera"),
            desk={device.type: device.device for device in at_desk},
            workstation=station.settings.workstation,
            pack=f"{station.pack.name} {station.pack.version}",
            position=house.seq,
            time_verified=station.clock.trust() is Trust.VERIFIED,
        )

    def _staff(self, session: Session, ask: m.GetStaff) -> Any:
        centre = self._station.desk.house().centre
        cards = {staff: card for card, staff in centre.cards.items()}
        manages = may("enrol-staff", session.actor.roles, report=False)
        return m.StaffReply(
            staff=tuple(
                m.StaffRow(
                    id=staff.actor.id,
                    name=staff.actor.name,
                    number=staff.number,
                    roles=tuple(sorted(staff.actor.roles)),
                    rank=staff.actor.rank,
                    unit=staff.actor.unit,
                    sex=staff.actor.sex,
                    active=staff.active,
                    card=cards.get(staff.actor.id, "") if manages else "",
                )
                for staff in centre.staff.values()
            )
        )

    def _find(self, session: Session, ask: m.Find) -> Any:
        self._note(session, "search")
        return m.FoundReply(
            hits=tuple(
                m.Hit(kind=hit.kind, key=hit.key, stay=hit.stay, text=hit.text)
                for hit in find(self._station.desk.house(), ask.text, exact=ask.exact)
            )
        )

    def _read_card(self, session: Session, ask: m.ReadCard) -> Any:
        return m.CardReply(card=self._station.devices().card_reader(ask.device).read())

    def _read_tags(self, session: Session, ask: m.ReadTags) -> Any:
        return m.TagsReply(tags=tuple(self._station.devices().tag_reader(ask.device).present()))

    def _weigh(self, session: Session, ask: m.Weigh) -> Any:
        return m.WeightReply(weight=self._station.devices().scale(ask.device).weigh())

    def _still(self, session: Session, ask: m.TakeStill) -> Any:
        still = (
            self._station.devices().camera(ask.camera).still(hidden=self._viewing.hidden(session, ask.camera))
        )
        kept = self._station.media.put(ask.stay, "image/jpeg", still.jpeg)
        return m.MediaReply(media=kept.id, digest=kept.digest, type=kept.type, content=still.jpeg)

    def _put_media(self, session: Session, ask: m.PutMedia) -> Any:
        if len(ask.content) > LARGEST_MEDIA:
            raise AppError("media.too-large", bytes=len(ask.content), most=LARGEST_MEDIA)
        kept = self._station.media.put(ask.stay, ask.type, ask.content)
        return m.MediaReply(media=kept.id, digest=kept.digest, type=kept.type)

    def _get_media(self, session: Session, ask: m.GetMedia) -> Any:
        self._note(session, "read-media", purpose=ask.purpose)
        content = self._station.media.get(ask.media)
        digest = hashlib.sha256(content).hexdigest()
        return m.MediaReply(media=ask.media, digest=digest, type="", content=content)

    def _frame(self, session: Session, ask: m.GetFrame) -> Any:
        station = self._station
        health = station.health().get(ask.camera)
        if health is None:
            raise AppError("devices.no-such", device=ask.camera)
        try:
            camera = station.devices().camera(ask.camera)
            hidden = self._viewing.hidden(session, ask.camera)
            still = camera.still(max_width=max(64, min(ask.width, 1920)), hidden=hidden)
        except AppError:
            return m.FrameReply(jpeg=b"", at_ms=0, fps=0.0, health=health)
        at_ms = int(still.at.timestamp() * 1000)
        jpeg = still.jpeg if at_ms > ask.newer_than_ms else b""
        return m.FrameReply(jpeg=jpeg, at_ms=at_ms, fps=camera.fps(), health=health, hidden=hidden)

    @staticmethod
    def _draft_id(session: Session, stay: str, form: str) -> str:
        return f"{session.actor.id}/{stay}/{form}"

    def _save_draft(self, session: Session, ask: m.SaveDraft) -> Any:
        draft = self._draft_id(session, ask.stay, ask.form)
        self._station.drafts.save(draft, session.actor.id, ask.stay, {"content": ask.content.decode("utf-8")})
        return m.Done()

    def _load_draft(self, session: Session, ask: m.LoadDraft) -> Any:
        draft = self._draft_id(session, ask.stay, ask.form)
        values = self._station.drafts.load(draft)
        if values is None:
            return m.DraftReply(content=b"", saved_at=None)
        saved = {note.id: note.saved_at_ms for note in self._station.drafts.list(owner=session.actor.id)}
        return m.DraftReply(content=str(values["content"]).encode(), saved_at=from_ms(saved.get(draft, 0)))

    def _recording_state(self, session: Session, ask: m.GetRecording) -> Any:
        recording = self._station.recording
        return m.RecordingReply(state=recording.state(ask.room) if recording is not None else None)

    def _export_clip(self, session: Session, ask: m.ExportClip) -> Any:
        self._note(session, "access-media", purpose=f"{ask.recording} {ask.folder}"[:200])
        return self._viewing.clip(session, ask)

    def _drop_draft(self, session: Session, ask: m.DropDraft) -> Any:
        self._station.drafts.delete(self._draft_id(session, ask.stay, ask.form))
        return m.Done()

    def _export(self, session: Session, ask: m.ExportLog) -> Any:
        self._second(session, ask.second_number, ask.second_secret, ask.second_card)
        self._note(session, "export-log", purpose=ask.purpose)
        entries = export_log(self._station.store.record, Path(ask.folder))
        return m.ExportReply(entries=entries)

    # ------------------------------------------------------------ helpers

    def _envelope(self, data: bytes) -> c.Envelope:
        try:
            envelope = msgspec.json.decode(data, type=c.Envelope)
            command = c.decode(envelope.command)
        except msgspec.DecodeError as error:
            raise AppError("desk.malformed") from error
        return msgspec.structs.replace(envelope, command=command)

    def _second(self, session: Session, number: str, secret: str, card: str) -> Actor:
        """The second person behind a credential; a card laid on a reader is enough beside a colleague."""
        people = self._station.people
        second = people.by_card(card) if card and not secret else people.by_secret(number, secret, card=card)
        if second.id == session.actor.id:
            raise AppError("accounts.same-person")
        return second

    def _found(self, name: str) -> tuple[House, Stay]:
        house = self._station.desk.house_with(name)
        stay = house.stay(name)
        if stay is None:
            raise AppError("desk.unknown-stay")
        return house, stay

    def _around(self, house: House, actor: Actor) -> Callable[[Stay], Circumstances]:
        return lambda stay: self._station.desk.circumstances(house, actor, stay)

    def _note(
        self, session: Session | None, action: str, stay: str = "", *, purpose: str = "", allowed: bool = True
    ) -> None:
        self._station.looks.note(
            Access(
                actor=session.actor.id if session else "",
                session=session.token[:8] if session else "",
                workstation=self._station.settings.workstation,
                action=action,
                stay=stay,
                purpose=purpose,
                allowed=allowed,
            )
        )
