/** What somebody says of a fault that many have at once. */
export interface Report {
  readonly title: string
  readonly text: string
}

export const vpnReports: readonly Report[] = [
  {
    title: 'VPN gateway London drops all connections',
    text: 'Several callers within minutes: the VPN disconnects and does not come back. Berlin is affected too. The gateway answers to ping, new sessions end after 20 seconds.',
  },
  { title: 'VPN does not connect', text: 'It worked until half past eight, now it spins and gives up.' },
  { title: 'Home office: nothing works any more', text: 'No file share, no finance, no phone. I think it is the VPN.' },
  { title: 'Kicked out of VPN, cannot get back', text: 'I was thrown out in the middle of a posting run.' },
  { title: 'Remote desktop is gone', text: 'My remote desktop closed itself and will not open again.' },
  { title: 'VPN: "gateway not reachable"', text: 'Same for two colleagues who work from home today.' },
  {
    title: 'Cannot reach the warehouse system from the road',
    text: 'The tablet says no connection to the company network.',
  },
  { title: 'VPN error 809 since this morning', text: 'I have restarted twice. Error 809 each time.' },
]

export const mailReports: readonly Report[] = [
  {
    title: 'Mail arrives an hour late',
    text: 'Mails from this morning’s eight o’clock arrive now. Inside the company too.',
  },
  { title: 'Outlook: "trying to connect"', text: 'It has been trying to connect since I came in.' },
  { title: 'No mail since the weekend', text: 'Not a single mail since Friday evening. That cannot be right.' },
  { title: 'Sent mails stay in the outbox', text: 'All I send stays in the outbox.' },
  {
    title: 'Customers say our mail does not reach them',
    text: 'Two customers called because our offers have not arrived.',
  },
  { title: 'Meeting invitations are missing', text: 'The invitation for the nine o’clock meeting came at ten.' },
]

export const tillReports: readonly Report[] = [
  {
    title: 'Card payments fail in all stores',
    text: 'Four stores called within ten minutes: card terminals show "host not reachable", cash works. Queues at the tills.',
  },
  { title: 'Terminals say "host not reachable"', text: 'None of our terminals takes cards. Customers walk out.' },
  { title: 'No card payments at all', text: 'We have put up signs "cash only". Since about half an hour.' },
  {
    title: 'Payment aborted, amount reserved twice',
    text: 'A customer shows two reservations on the phone, the till says aborted.',
  },
]
