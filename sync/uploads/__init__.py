"""The bytes of evidence, sent resumably: tus 1.0 (https://tus.io/protocols/resumable-upload) at ``/api/uploads``.

An upload bears the id of the evidence it belongs to, so a phone that has forgotten everything else can ask how far it
came. What has arrived lies in a file of its own under ``DATA_DIR/uploads`` (:mod:`sync.uploads.half_files`): the
length of that file is the offset, and no table repeats it. When the last byte is there, the whole is examined, put
into the storage and noted in the journal (:mod:`sync.uploads.finishing`); a process that dies in between leaves
everything for whoever comes next, the phone asking again or the sweep.

Several processes of one host share the folder. With several hosts an upload must reach the one that has its file:
the id stands in the address, so a load balancer that hashes the path does it (``hash $uri consistent``), or the
folder lies on a disk that all share and that honours ``flock``.
"""
