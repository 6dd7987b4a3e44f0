namespace DiffSeg;

/// <summary>Neighbouring pixels of one row that carry the same value.</summary>
/// <param name="Start">The first, counted row after row.</param>
/// <param name="End">The one after the last.</param>
/// <param name="Value">What they carry: a label, a component.</param>
internal readonly record struct Run(int Start, int End, int Value);
