/* Keeps the keys that are pressed before the room's modules are there; they take them over (reading/early_keys.js). */
{
  const pressed = [];
  const keep = (event) => { pressed.push(event); };
  document.addEventListener("keydown", keep);
  document.addEventListener("room-takes-keys", ({ detail }) => {
    document.removeEventListener("keydown", keep);
    for (const event of pressed) detail(event);
  }, { once: true });
}
