namespace DiffSeg.Onnx.Tests.Exports;

/// <summary>The families of Stable Diffusion, whose U-Nets differ in structure.</summary>
internal enum SdFamily
{
    Version1,
    Version2,
    XL,
}
