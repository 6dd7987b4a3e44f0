namespace DiffSeg.Pictures;

/// <summary>The five row filters of PNG; the number is the first byte of each row.</summary>
internal enum PngFilter : byte
{
    None,
    Sub,
    Up,
    Average,
    Paeth,
}
