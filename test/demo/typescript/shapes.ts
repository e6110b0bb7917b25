/** Areas of plane figures. All lengths are in the same unit. */

export function areaOfCircle(radius: number): number {
  return Math.PI * radius ** 2;
}

export function areaOfTriangle(base: number, height: number): number {
  return (base * height) / 2;
}

export function areaOfRectangle(width: number, height: number): number {
  // Type "return" and a space on the next line.

}
