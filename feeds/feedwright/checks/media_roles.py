"""Roles of media:credit: those that Media RSS names, and those of the EBU's list that feeds use."""

_TEXT = """
    actor, adaptor, agency, anchor, anchor person, anchorperson, animal trainer, animator, announcer, armourer,
    art director, artist, artist/performer, assistant camera, assistant chief lighting technician,
    assistant director, assistant producer, assistant visual editor, author, broadcast assistant,
    broadcast journalist, camera operator, carpenter, cast, casting, causeur, chief lighting technician, choir,
    choreographer, clapper loader, commentary or commentator, commentator, commissioning broadcaster, company,
    composer, computer programmer, conductor, consultant, continuity checker, copyright holder, correspondent,
    costume designer, dancer, dialogue coach, director, director of photography, distribution company, distributor,
    draughtsman, dresser, dubber, editor, editor in chief, editor of the day, editor/producer, ensemble,
    executive producer, expert, fight director, floor manager, focus puller, foley artist, foley editor,
    foley mixer, graphic artist, graphic assistant, graphic designer, greensman, grip, guest, hairdresser, host,
    illustrator, interviewed guest, interviewer, journalist, key character, key grip, key talents, leadman,
    librettist, lighting director, lighting technician, location manager, lyricist, make up artist, manufacturer,
    matte artist, music arranger, music group, musician, narrator, news producer, news reader, news reporter,
    orchestra, owner, participant, performer, photographer, photography, post-production editor, presenter,
    producer, production assistant, production company, production department, production manager,
    production secretary, programme production researcher, property manager, provider, publisher,
    publishing company, puppeteer, pyrotechnician, reporter, researcher, rigger, runner, scenario,
    scenic operative, script supervisor, second assistant camera, second assistant director, second unit director,
    set designer, set dresser, sign language, singer, sound designer, sound mixer, sound recordist, source,
    special effects, stunts, subtitles, technical director, term, translation, translator, transportation manager,
    treatment/programme proposal, uploader, vision mixer, visual editor, visual effects, vocalist, wardrobe,
    witness, writer
"""
ROLES = frozenset(" ".join(role.split()) for role in _TEXT.split(","))
