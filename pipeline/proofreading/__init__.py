"""Any Word document -> what is wrong with how it looks, by Nghị định 30/2020/NĐ-CP or Hướng dẫn 29-HD/TWĐTN-VP."""

from pipeline.proofreading.proof import Place, Proof, Remark, Unreadable, proofread
from pipeline.proofreading.wording import law, place, remark_json, render_layout, sentence

__all__ = [
    "Place",
    "Proof",
    "Remark",
    "Unreadable",
    "law",
    "place",
    "proofread",
    "remark_json",
    "render_layout",
    "sentence",
]
