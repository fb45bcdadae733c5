// The page's own words. What the bot says is never touched.

const WORDS = {
  about: ["Telegram tiruan di komputer ini. Tidak ada yang dikirim ke internet.", "A pretend Telegram on this computer. Nothing is sent to the internet."],
  alertOk: ["OK", "OK"],
  attach: ["Lampirkan", "Attach"],
  attachContact: ["Bagikan nomor saya", "Share my number"],
  attachFile: ["Berkas", "File"],
  attachOther: ["Bagikan kontak orang lain…", "Share someone else's contact…"],
  attachPhoto: ["Foto", "Photo"],
  as: ["sebagai", "as"],
  away: ["Server lokal tidak menjawab.", "The local server does not answer."],
  back: ["Kembali ke daftar", "Back to the list"],
  block: ["Blokir bot", "Block the bot"],
  blocked: ["Bot diblokir.", "The bot is blocked."],
  bot: ["bot", "bot"],
  cancel: ["Batal", "Cancel"],
  choose: ["Pilih seseorang di daftar untuk mulai mengobrol.", "Choose a person from the list to start chatting."],
  clock: ["Jam bot", "The bot's clock"],
  clockMoved: ["digeser", "moved"],
  clockTools: ["Geser jam", "Move the clock"],
  close: ["Tutup", "Close"],
  code: ["Kode undangan", "Invitation code"],
  commands: ["Menu perintah", "Command menu"],
  contact: ["Kontak", "Contact"],
  copied: ["Disalin.", "Copied."],
  copy: ["Salin teks", "Copy text"],
  deepLink: ["Buka tautan undangan…", "Open an invitation link…"],
  document: ["Berkas", "File"],
  download: ["Unduh", "Download"],
  edit: ["Ubah", "Edit"],
  edited: ["diubah", "edited"],
  editing: ["Mengubah pesan", "Editing message"],
  fridayClose: ["Jumat 16.15", "Friday 16:15"],
  go: ["Buka", "Open"],
  groups: ["Grup", "Groups"],
  hour: ["+1 jam", "+1 hour"],
  keyboard: ["Papan tombol", "Buttons"],
  message: ["Tulis pesan…", "Write a message…"],
  messages: ["Percakapan", "Conversation"],
  mondayMorning: ["Senin 08.00", "Monday 08:00"],
  more: ["Lainnya", "More"],
  nobody: ["Tidak ada yang cocok.", "Nobody matches."],
  none: ["Belum ada pesan", "No messages yet"],
  now: ["Kini", "Now"],
  openPhoto: ["Perbesar foto", "Enlarge the photo"],
  people: ["Orang", "People"],
  photo: ["Foto", "Photo"],
  pinned: ["Disematkan", "Pinned"],
  poll: ["Jajak pendapat", "Poll"],
  pollClosed: ["Ditutup", "Closed"],
  quiz: ["Kuis", "Quiz"],
  receiver: ["Bot belum terhubung", "The bot is not connected"],
  reply: ["Balas", "Reply"],
  replyTo: ["Membalas", "Replying to"],
  reveal: ["Tampilkan", "Reveal"],
  search: ["Cari nama atau jabatan", "Search for a name or post"],
  send: ["Kirim", "Send"],
  share: ["Bagikan", "Share"],
  shareAsk: ["Bot meminta nomor telepon Anda. Bagikan nomor ini?", "The bot asks for your phone number. Share this number?"],
  silent: ["tanpa suara", "silent"],
  start: ["Mulai", "Start"],
  startHint: ["Tekan Mulai untuk membuka percakapan dengan bot.", "Press Start to open the conversation with the bot."],
  title: ["Coba bot", "Try the bot"],
  to1545: ["15.45", "15:45"],
  to1615: ["16.15", "16:15"],
  today: ["Hari ini", "Today"],
  tomorrow: ["Besok 08.00", "Tomorrow 08:00"],
  trouble: ["Tidak berhasil.", "That did not work."],
  typing: ["mengetik…", "typing…"],
  unblock: ["Buka blokir dan mulai lagi", "Unblock and start again"],
  unread: ["Ada pesan baru", "New message"],
  unsupported: ["Tombol ini tidak bekerja di sini.", "This button does not work here."],
  video: ["Video", "Video"],
  voice: ["Pesan suara", "Voice message"],
  vote: ["Pilih", "Vote"],
  votes: ["suara", "votes"],
  yesterday: ["Kemarin", "Yesterday"],
  zone: ["Zona waktu", "Time zone"],
  zoneHere: ["Zona komputer ini", "This computer's zone"],
};

const LANGUAGES = ["id", "en"];

function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    return;
  }
}

export const choices = {
  language: LANGUAGES.includes(remembered("language")) ? remembered("language") : "id",
  zone: remembered("zone") || "",
};

export const t = (key) => WORDS[key][LANGUAGES.indexOf(choices.language)];

export function otherLanguage() {
  return choices.language === "id" ? "en" : "id";
}

export function setLanguage(language) {
  choices.language = language;
  remember("language", language);
}

export const locale = () => (choices.language === "id" ? "id-ID" : "en-GB");
